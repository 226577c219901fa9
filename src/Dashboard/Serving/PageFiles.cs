using Analytics.Local;
using Analytics.Local.Processes;
using Microsoft.AspNetCore.Http;

namespace Analytics.Dashboard.Serving;

/// <summary>The page's files: those in <c>wwwroot</c>, and the charts from npm. Only files that existed at the start are served.</summary>
internal sealed class PageFiles
{
    private const string FolderName = "src/Dashboard";

    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly Dictionary<string, string> _files;

    private PageFiles(Dictionary<string, string> files) => _files = files;

    /// <summary>Finds the files, and installs the charts with <c>npm ci</c> on first use.</summary>
    /// <param name="start">The start folder of the search.</param>
    /// <param name="log">Receives a line if packages are installed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LocalDeploymentException">The files are missing, or npm is missing or fails.</exception>
    public static async Task<PageFiles> PrepareAsync(string start, Action<string> log, CancellationToken cancellationToken)
    {
        var folder = NodePackages.FindFolder(FolderName, "wwwroot/index.html", start)
            ?? throw new LocalDeploymentException($"there is no folder {FolderName} with the live page in {start}, above it, or above this program. Run the command in a checkout of the project.");
        await NodePackages.EnsureInstalledAsync(folder, "the live page's charts", log, cancellationToken);
        var root = Path.Combine(folder, "wwwroot");
        var files = Directory.GetFiles(root).ToDictionary(file => "/" + Path.GetFileName(file), StringComparer.Ordinal);
        files["/"] = Path.Combine(root, "index.html");
        files["/uplot.js"] = Path.Combine(folder, "node_modules/uplot/dist/uPlot.esm.js");
        files["/uplot.css"] = Path.Combine(folder, "node_modules/uplot/dist/uPlot.min.css");
        return new PageFiles(files);
    }

    /// <summary>Responds with a file or 404.</summary>
    public async Task SendAsync(HttpContext context)
    {
        if (!_files.TryGetValue(context.Request.Path.Value ?? "", out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = ContentTypes[Path.GetExtension(file)];
        await context.Response.SendFileAsync(file, context.RequestAborted);
    }
}
