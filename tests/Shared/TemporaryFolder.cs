namespace Analytics.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("analytics-").FullName;

    /// <summary>Returns a path in the folder.</summary>
    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file and returns its path.</summary>
    public string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(Combine(name), content);
        return Combine(name);
    }

    /// <summary>Writes a file and returns its path.</summary>
    public string File(string name, string content) => File(name, System.Text.Encoding.UTF8.GetBytes(content));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
