using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Analytics.Local;
using Analytics.Local.Services;

namespace Analytics.Cli.Detecting;

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
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(folder, Script));
        using var process = NodePackages.Start(start);
        try
        {
            var picture = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await WriteAsync(process.StandardInput, JsonSerializer.Serialize(ChartData.From(series), DetectionJson.Default.ChartData));
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? await picture : throw new UserException($"the chart cannot be drawn: {(await errors).Trim()}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task WriteAsync(StreamWriter input, string text)
    {
        try
        {
            await using (input)
            {
                await input.WriteAsync(text);
            }
        }
        catch (IOException)
        {
            // It has ended; its exit code and standard error say why.
        }
    }
}
