using Analytics.Local;
using Analytics.Local.Processes;
using Microsoft.AspNetCore.Http;

namespace Analytics.Dashboard.Serving;

/// <summary>The page's files: those of <c>wwwroot</c>, and the charts from npm. Only files that were there at the start are served.</summary>
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

    /// <summary>Finds the files, and installs the charts by <c>npm ci</c> the first time.</summary>
    /// <param name="start">Where to look first.</param>
    /// <param name="log">Takes a line when there is something to install.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LocalDeploymentException">They are not there, or npm is missing or fails.</exception>
    public static async Task<PageFiles> PrepareAsync(string start, Action<string> log, CancellationToken cancellationToken)
    {
        var folder = NodePackages.FindFolder(FolderName, "wwwroot/index.html", start)
            ?? throw new LocalDeploymentException($"there is no folder {FolderName} in {start} or above, nor above this program: it holds the live page. Work in a checkout of the project.");
        await NodePackages.EnsureInstalledAsync(folder, "the live page's charts", log, cancellationToken);
        var root = Path.Combine(folder, "wwwroot");
        var files = Directory.GetFiles(root).ToDictionary(file => "/" + Path.GetFileName(file), StringComparer.Ordinal);
        files["/"] = Path.Combine(root, "index.html");
        files["/uplot.js"] = Path.Combine(folder, "node_modules/uplot/dist/uPlot.esm.js");
        files["/uplot.css"] = Path.Combine(folder, "node_modules/uplot/dist/uPlot.min.css");
        return new PageFiles(files);
    }

    /// <summary>Answers with a file, or with 404.</summary>
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
