using Analytics.Streaming;

namespace Analytics.Archiving;

/// <summary>
/// Assigns occurrences to lines written before the member <c>occurrence</c> existed: equal user records of an aggregate are numbered by
/// sub-sequence number, as in Sql/views. Newer lines without the member have occurrence 0.
/// </summary>
public static class ArchivedOccurrences
{
    /// <summary>Returns the entries with their occurrences.</summary>
    /// <param name="entries">All entries of the sequence numbers that it contains.</param>
    public static IEnumerable<ArchiveEntry> Resolve(IReadOnlyList<ArchiveEntry> entries)
    {
        var positions = new Dictionary<RecordIdentity, SortedSet<int>>();
        foreach (var entry in entries.Where(entry => IsUnnumbered(entry)))
        {
            positions.TryAdd(entry.Key, []);
        }

        foreach (var entry in entries.Where(entry => !entry.HasOccurrence))
        {
            if (positions.TryGetValue(entry.Key, out var known))
            {
                known.Add(entry.SubSequenceNumber);
            }
        }

        return entries.Select(entry => IsUnnumbered(entry)
            ? entry with { Key = entry.Key with { Occurrence = positions[entry.Key].TakeWhile(position => position < entry.SubSequenceNumber).Count() } }
            : entry);
    }

    /// <summary>Returns whether an entry's occurrence can be determined only from other entries.</summary>
    private static bool IsUnnumbered(in ArchiveEntry entry) => !entry.HasOccurrence && entry.SubSequenceNumber > 0;
}
