using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Query;

/// <summary>The saved queries in src/Archiving/Sql/.</summary>
/// <param name="folder">The folder.</param>
internal sealed class SavedQuestions(string folder)
{
    /// <summary>The names of the queries.</summary>
    public IReadOnlyList<string> Names =>
        [.. Directory.EnumerateFiles(folder, "*.sql").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Returns the SQL of a query.</summary>
    /// <exception cref="UserException">There is no query with that name.</exception>
    public string Read(string name) => Names.Contains(name, StringComparer.Ordinal)
        ? File.ReadAllText(Path.Combine(folder, $"{name}.sql"))
        : throw new UserException($"there is no saved query '{name}'. Saved queries: {string.Join(", ", Names)}.");
}
