using System.Text.Json;
using Analytics.Cli.Shared.Commands;
using Analytics.Local;
using Analytics.Local.Services;

namespace Analytics.Cli.Detect;

/// <summary>Draws a series as SVG with Apache ECharts, in a process of its own: charts/detect.js.</summary>
internal static class SeriesChart
{
    private const string FolderName = "charts";
    private const string Script = "detect.js";

    /// <summary>Draws a series; installs ECharts the first time.</summary>
    /// <param name="series">The series.</param>
    /// <param name="context">The command's context.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The SVG document.</returns>
    /// <exception cref="UserException">The script is not there, or fails.</exception>
    /// <exception cref="LocalDeploymentException">Node.js is missing, or the installation fails.</exception>
    public static async Task<string> DrawAsync(ScoredSeries series, CommandContext context, CancellationToken cancellationToken)
    {
        var folder = NodePackages.FindFolder(FolderName, Script, context.Folder)
            ?? throw new UserException($"there is no folder {FolderName} here or above, nor above this program: it holds what draws. Work in a checkout of the project.");
        await NodePackages.EnsureInstalledAsync(folder, "ECharts", context.Terminal.Note, cancellationToken);
        var picture = "";
        var failure = await NodeScript.RunAsync(
            Path.Combine(folder, Script),
            JsonSerializer.Serialize(ChartData.From(series), DetectionJson.Default.ChartData),
            async answer => picture = await answer.ReadToEndAsync(cancellationToken),
            cancellationToken);
        return failure is null ? picture : throw new UserException($"the chart cannot be drawn: {failure}");
    }
}
