namespace Analytics.Local.Template;

/// <summary>Gathers what of the template has no effect here, to say it in few lines.</summary>
internal sealed class LocalLimitations
{
    private readonly SortedDictionary<string, SortedSet<string>> _properties = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedSet<string>> _notes = new(StringComparer.Ordinal);

    /// <summary>A property without effect.</summary>
    public void AddProperty(string type, string property) => Group(_properties, type).Add(property);

    /// <summary>A resource of which nothing is made.</summary>
    public void AddResource(string type) => _types[type] = _types.GetValueOrDefault(type) + 1;

    /// <summary>What else is not as on AWS.</summary>
    /// <param name="logicalId">The resource.</param>
    /// <param name="note">What is not, the same text for each resource that it goes for.</param>
    public void AddNote(string logicalId, string note) => Group(_notes, note).Add(logicalId);

    /// <summary>One line a kind.</summary>
    public IEnumerable<string> Lines()
    {
        if (_types.Count > 0)
        {
            yield return $"not made here: {string.Join(", ", _types.Select(type => $"{type.Value} {Short(type.Key)}"))}";
        }

        if (_properties.Count > 0)
        {
            var types = _properties.Select(type => $"{Short(type.Key)} ({string.Join(", ", type.Value)})");
            yield return $"no effect here: {string.Join(", ", types)}";
        }

        foreach (var (note, resources) in _notes)
        {
            yield return $"{string.Join(", ", resources)}: {note}";
        }
    }

    private static string Short(string type) => type.StartsWith("AWS::", StringComparison.Ordinal) ? type["AWS::".Length..] : type;

    private static SortedSet<string> Group(SortedDictionary<string, SortedSet<string>> groups, string key)
    {
        if (!groups.TryGetValue(key, out var group))
        {
            groups[key] = group = new(StringComparer.Ordinal);
        }

        return group;
    }
}
