using System.Globalization;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;

namespace Analytics.Dashboard.Parts;

/// <summary>The latest entries of a feed, and their total number. Thread-safe.</summary>
/// <param name="name">The prefix of their keys.</param>
internal sealed class Feed(string name)
{
    /// <summary>The entries that the page keeps.</summary>
    public const int Kept = 50;

    private readonly Lock _gate = new();
    private readonly Queue<(long Number, FeedItem Item)> _items = new();
    private long _added;
    private bool _changed = true;

    /// <summary>Whether a key is one of the feed's.</summary>
    public bool Owns(string key) => key == $"feed/{name}" || key.StartsWith($"{name}/", StringComparison.Ordinal);

    /// <summary>Adds an entry.</summary>
    public void Add(FeedItem item)
    {
        lock (_gate)
        {
            _items.Enqueue((_added++, item));
            if (_items.Count > Kept)
            {
                _items.Dequeue();
            }

            _changed = true;
        }
    }

    /// <summary>Counts entries that are not shown.</summary>
    public void Skip(long count)
    {
        lock (_gate)
        {
            _added += count;
            _changed |= count > 0;
        }
    }

    /// <summary>The feed's part of the document; null when nothing has changed.</summary>
    /// <param name="detail">A short text next to the total.</param>
    public DashboardEntries? Read(string detail = "")
    {
        lock (_gate)
        {
            if (!_changed && detail == _detail)
            {
                return null;
            }

            _changed = false;
            _detail = detail;
            var entries = new DashboardEntries();
            entries.Add($"feed/{name}", new FeedEntry(_added, detail));
            foreach (var (number, item) in _items)
            {
                entries.Add(string.Create(CultureInfo.InvariantCulture, $"{name}/{number:D9}"), item);
            }

            return entries;
        }
    }

    private string? _detail;
}
