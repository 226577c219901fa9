namespace Analytics.Events.Patterns;

/// <summary>
/// The paths of the fields with conditions on one branch of a pattern. EventBridge keeps only the last conditions of a duplicate
/// field; here such a pattern is rejected, because the dropped conditions were intended.
/// </summary>
internal sealed class PatternPaths
{
    private readonly HashSet<string> _paths;
    private readonly string _path;

    /// <summary>Creates an empty set.</summary>
    public PatternPaths()
        : this([], "")
    {
    }

    private PatternPaths(HashSet<string> paths, string path)
    {
        _paths = paths;
        _path = path;
    }

    /// <summary>Returns the set for a nested key: <c>a.b</c> and <c>b</c> below <c>a</c> are the same path.</summary>
    public PatternPaths Below(string name) => new(_paths, $"{_path}.{name}");

    /// <summary>Adds the current path. Returns false if it is already in the set.</summary>
    public bool TryAdd() => _paths.Add(_path);

    /// <summary>Copies the set for one alternative of an <c>$or</c>.</summary>
    public PatternPaths Fork() => new([.. _paths], _path);

    /// <summary>Adds the paths of the alternatives.</summary>
    public void Join(IEnumerable<PatternPaths> alternatives)
    {
        foreach (var alternative in alternatives)
        {
            _paths.UnionWith(alternative._paths);
        }
    }
}
