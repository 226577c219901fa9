using System.Runtime.CompilerServices;
using Analytics.Cli.Archiving;
using Analytics.Cli.Producing;
using Analytics.Streaming;

namespace Analytics.Cli.Redelivery;

/// <summary>
/// Makes records of a stream again from what the archive holds of them. User records that had come in one record aggregated by the Kinesis
/// Producer Library are packed into one again, so that each has the place in the stream that it had.
/// </summary>
internal static class ArchivedRecords
{
    /// <summary>The records, in the order of the entries. One whose user records are not all there is left out.</summary>
    /// <param name="entries">The archive's entries, the user records of a record one after the other.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<PastRecord> ReadAsync(
        IAsyncEnumerable<ArchiveEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parts = new List<ArchiveEntry>();
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (parts.Count > 0 && !IsSameRecord(parts[0], entry))
            {
                if (Restore(parts) is { } record)
                {
                    yield return record;
                }

                parts.Clear();
            }

            parts.Add(entry);
        }

        if (parts.Count > 0 && Restore(parts) is { } last)
        {
            yield return last;
        }
    }

    private static bool IsSameRecord(ArchiveEntry one, ArchiveEntry other) =>
        one.Key.ShardId == other.Key.ShardId && one.Key.SequenceNumber == other.Key.SequenceNumber;

    private static PastRecord? Restore(List<ArchiveEntry> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Key.SubSequenceNumber != i)
            {
                return null;
            }
        }

        var first = parts[0];
        var data = parts.Count == 1
            ? first.Data
            : KplAggregate.Pack([.. parts.Select(part => (part.PartitionKey, part.Data))]);
        return new PastRecord(
            first.Key.ShardId, SequenceNumber.Parse(first.Key.SequenceNumber), first.PartitionKey, first.ArrivalTime, data);
    }
}
