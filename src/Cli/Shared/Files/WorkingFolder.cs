using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Files;

/// <summary>A temporary folder of a command, deleted when the command ends.</summary>
internal sealed class WorkingFolder : IDisposable
{
    private WorkingFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Creates a temporary folder.</summary>
    /// <param name="workFolder">The command's working folder.</param>
    /// <param name="purpose">The name of the parent folder, after the purpose.</param>
    public static WorkingFolder Create(string workFolder, string purpose)
    {
        var path = System.IO.Path.Combine(workFolder, purpose, Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} cannot be created: {e.Message} Run the command in a writable folder.", e);
        }

        return new WorkingFolder(path);
    }

    /// <summary>Creates a subfolder.</summary>
    public string Folder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
