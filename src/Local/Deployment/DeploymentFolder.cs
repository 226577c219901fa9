using System.Diagnostics;
using System.Globalization;

namespace Analytics.Local.Deployment;

/// <summary>A folder that is deleted with the deployment; folders of killed processes are deleted by the next one.</summary>
internal sealed class DeploymentFolder : IDisposable
{
    private DeploymentFolder(string path) => FullPath = path;

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>Creates a folder <c>tmp/processId-...</c> in the work folder, and deletes leftover ones.</summary>
    public static DeploymentFolder Create(string workFolder)
    {
        var parent = Directory.CreateDirectory(Path.Combine(workFolder, "tmp"));
        foreach (var left in parent.GetDirectories())
        {
            var id = left.Name.Split('-')[0];
            if (int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var processId) && !IsRunning(processId))
            {
                Delete(left.FullName);
            }
        }

        return new DeploymentFolder(parent.CreateSubdirectory($"{Environment.ProcessId}-{Guid.NewGuid():N}").FullName);
    }

    /// <inheritdoc/>
    public void Dispose() => Delete(FullPath);

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another deployment has deleted it.
        }
    }
}
