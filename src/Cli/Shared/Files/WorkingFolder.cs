using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Files;

/// <summary>A folder for one command, removed with it.</summary>
internal sealed class WorkingFolder : IDisposable
{
    private WorkingFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes one below the command's own folder.</summary>
    /// <param name="workFolder">The command's own folder.</param>
    /// <param name="purpose">What it is for: a folder name.</param>
    public static WorkingFolder Create(string workFolder, string purpose)
    {
        var path = System.IO.Path.Combine(workFolder, purpose, Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} cannot be made: {e.Message} Work in a folder that you may write to.", e);
        }

        return new WorkingFolder(path);
    }

    /// <summary>A folder in it.</summary>
    public string Folder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
