using Analytics.Local.Template.Model;

namespace Analytics.Local.Template;

/// <summary>Collects the features of a template that are not supported here, to report them in a few lines.</summary>
internal sealed class UnsupportedFeatures
{
    private readonly SortedSet<string> _properties = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedSet<string>> _notes = new(StringComparer.Ordinal);

    /// <summary>Adds a property without effect.</summary>
    public void AddProperty(string property) => _properties.Add(property);

    /// <summary>Adds a resource that is not created.</summary>
    public void AddResource(string type) =>
        _types.Add(ResourceTypes.IsServiceHere(type) && type.StartsWith("AWS::", StringComparison.Ordinal) ? type["AWS::".Length..] : ResourceTypes.Service(type));

    /// <summary>Adds another difference from AWS.</summary>
    /// <param name="logicalId">The resource.</param>
    /// <param name="note">The difference, with the same text for each resource that has it.</param>
    public void AddNote(string logicalId, string note) => Group(_notes, note).Add(logicalId);

    /// <summary>Returns one line per kind.</summary>
    public IEnumerable<string> Lines()
    {
        if (_types.Count > 0)
        {
            yield return $"not created here: {string.Join(", ", _types)}";
        }

        if (_properties.Count > 0)
        {
            yield return $"no effect here: {string.Join(", ", _properties)}";
        }

        foreach (var (note, resources) in _notes)
        {
            yield return $"{string.Join(", ", resources)}: {note}";
        }
    }

    private static SortedSet<string> Group(SortedDictionary<string, SortedSet<string>> groups, string key)
    {
        if (!groups.TryGetValue(key, out var group))
        {
            groups[key] = group = new(StringComparer.Ordinal);
        }

        return group;
    }
}
