using Analytics.Streaming;

namespace Analytics.Cli.Shared.Archive;

/// <summary>
/// Numbers the lines that were written before lines had an <c>occurrence</c>: among those of equal user records in an aggregate, by their
/// sub-sequence number. queries/views do the same. Newer lines without one are the first of their kind.
/// </summary>
internal static class ArchivedOccurrences
{
    /// <summary>The entries with their occurrences.</summary>
    /// <param name="entries">All entries of the sequence numbers that are in it.</param>
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

    /// <summary>Whether an entry's occurrence follows from other entries only.</summary>
    private static bool IsUnnumbered(in ArchiveEntry entry) => !entry.HasOccurrence && entry.SubSequenceNumber > 0;
}
