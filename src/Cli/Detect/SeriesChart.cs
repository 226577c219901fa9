using System.Text.Json;
using Analytics.Cli.Shared.Commands;
using Analytics.Local;
using Analytics.Local.Processes;

namespace Analytics.Cli.Detect;

/// <summary>Draws a series as SVG with Apache ECharts, in a separate process (node/charts/detect.js).</summary>
internal static class SeriesChart
{
    private const string FolderName = "node/charts";
    private const string Script = "detect.js";

    /// <summary>Draws a series. Installs ECharts on first use.</summary>
    /// <param name="series">The series.</param>
    /// <param name="context">The command's context.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The SVG document.</returns>
    /// <exception cref="UserException">The script is missing or fails.</exception>
    /// <exception cref="LocalDeploymentException">Node.js is missing, or the installation fails.</exception>
    public static async Task<string> DrawAsync(ScoredSeries series, CommandContext context, CancellationToken cancellationToken)
    {
        var folder = NodePackages.FindFolder(FolderName, Script, context.Folder)
            ?? throw new UserException($"there is no folder {FolderName} with the drawing script in the current folder, above it, or above this program. Run the command in a checkout of the project.");
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
