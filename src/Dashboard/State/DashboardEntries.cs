using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Analytics.Dashboard.Model;

namespace Analytics.Dashboard.State;

/// <summary>The entries of a part of the page's document.</summary>
internal sealed class DashboardEntries
{
    private readonly Dictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    /// <summary>The JSON by key.</summary>
    public IReadOnlyDictionary<string, byte[]> Json => _entries;

    /// <summary>Adds an entry.</summary>
    public void Add<T>(string key, T value)
        where T : notnull =>
        _entries[key] = JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)EntryJson.Default.GetTypeInfo(typeof(T))!);
}
