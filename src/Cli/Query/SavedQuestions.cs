using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Query;

/// <summary>The questions in queries/.</summary>
/// <param name="folder">That folder.</param>
internal sealed class SavedQuestions(string folder)
{
    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names =>
        [.. Directory.EnumerateFiles(folder, "*.sql").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The SQL of one.</summary>
    /// <exception cref="UserException">There is none of that name.</exception>
    public string Read(string name) => Names.Contains(name, StringComparer.Ordinal)
        ? File.ReadAllText(Path.Combine(folder, $"{name}.sql"))
        : throw new UserException($"there is no saved question '{name}'; there are {string.Join(", ", Names)}.");
}
