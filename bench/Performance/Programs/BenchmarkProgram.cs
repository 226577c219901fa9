using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Analytics.Performance.Programs;

/// <summary>The output of another benchmark.</summary>
/// <param name="Command">The command as the document shows it.</param>
/// <param name="Text">Its output.</param>
internal sealed record BenchmarkProgram(string Command, string Text)
{
    /// <summary>Runs an executable on one core.</summary>
    /// <param name="file">The executable.</param>
    /// <param name="command">The command as the document shows it.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="InvalidOperationException">The benchmark failed.</exception>
    public static async Task<BenchmarkProgram> RunAsync(string file, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo("taskset", ["-c", "0", file, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_GCGen0MaxBudget"] = "1000000";
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? new BenchmarkProgram(command, text.TrimEnd()) : throw new InvalidOperationException($"{command} ended with exit code {process.ExitCode}.");
    }

    /// <summary>Returns a number of a line of the output.</summary>
    /// <param name="line">The start of the line.</param>
    /// <param name="number">The index of the number among those of the rest of the line.</param>
    /// <exception cref="InvalidOperationException">There is no such number.</exception>
    public double GetFigure(string line, int number)
    {
        var text = Text.Split('\n').FirstOrDefault(one => one.TrimStart().StartsWith(line, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{Command} printed no line '{line}'.");
        var numbers = Regex.Matches(text.TrimStart()[line.Length..], @"\d[\d,]*(\.\d+)?");
        return number < numbers.Count
            ? double.Parse(numbers[number].Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The line '{line}' of {Command} has no number {number + 1}.");
    }

    /// <summary>Returns the command and its output as Markdown.</summary>
    public string ToMarkdown() => $"```\n$ {Command}\n{Text}\n```";
}
