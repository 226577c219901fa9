namespace Analytics.Events.Patterns;

/// <summary>
/// The fields that have conditions on one branch of a pattern, by their paths. EventBridge keeps the last conditions of a field that is given
/// twice; a pattern is refused instead, because the conditions that are dropped were meant.
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

    /// <summary>Gets the same set at a key below: <c>a.b</c> and <c>b</c> below <c>a</c> are one path.</summary>
    public PatternPaths Below(string name) => new(_paths, $"{_path}.{name}");

    /// <summary>Adds the path that this stands at; false when it is there already.</summary>
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
