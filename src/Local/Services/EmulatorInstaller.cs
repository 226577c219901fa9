using Analytics.Local.Processes;

namespace Analytics.Local.Services;

/// <summary>Finds the emulators' folder.</summary>
internal static class EmulatorInstaller
{
    private const string FolderName = "node/emulators";

    /// <summary>Returns the folder <c>node/emulators</c> in the template's folder or above it, or above this program.</summary>
    /// <exception cref="LocalDeploymentException">There is no such folder.</exception>
    public static string FindFolder(string templateFile) =>
        NodePackages.FindFolder(FolderName, "start.js", Path.GetDirectoryName(Path.GetFullPath(templateFile))!)
        ?? throw new LocalDeploymentException(
            $"there is no folder {FolderName} with the local services next to {templateFile} or above it; set AWS_ENDPOINT_URL to use other services");
}
