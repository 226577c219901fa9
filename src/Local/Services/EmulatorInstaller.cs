using Analytics.Local.Processes;

namespace Analytics.Local.Services;

/// <summary>Finds the emulators' folder.</summary>
internal static class EmulatorInstaller
{
    private const string FolderName = "node/emulators";

    /// <summary>The folder <c>node/emulators</c> next to the template or above it, or above this program.</summary>
    /// <exception cref="LocalDeploymentException">There is none.</exception>
    public static string FindFolder(string templateFile) =>
        NodePackages.FindFolder(FolderName, "start.js", Path.GetDirectoryName(Path.GetFullPath(templateFile))!)
        ?? throw new LocalDeploymentException(
            $"there is no folder {FolderName} beside {templateFile} or above it: it holds the local services; or set AWS_ENDPOINT_URL to use others");
}
