using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary>The metric Invocations of a local pipeline, as <c>analytics metrics</c> prints it.</summary>
internal static class InvocationCounts
{
    /// <summary>The number of invocations by the dimensions of the metric, which contain the function's name.</summary>
    /// <param name="folder">The folder of the pipeline.</param>
    public static async Task<IReadOnlyDictionary<string, double>> ReadAsync(string folder)
    {
        var result = await AnalyticsCommand.RunAsync(folder, ["metrics", "Invocations", "--namespace", "AWS/Lambda", "--json"]);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .GroupBy(metric => metric.GetProperty("dimensions").GetRawText(), metric => metric.GetProperty("sum").GetDouble())
            .ToDictionary(function => function.Key, function => function.Sum());
    }
}
