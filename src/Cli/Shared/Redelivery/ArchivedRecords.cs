using System.Runtime.CompilerServices;
using Analytics.Archiving;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Shared.Redelivery;

/// <summary>
/// Restores records of a stream from the archive. The user records of a KPL aggregate are aggregated again,
/// whether they arrived in the aggregate or deaggregated, so that each keeps its identity.
/// </summary>
internal static class ArchivedRecords
{
    /// <summary>Restores the records in the order of the entries.</summary>
    /// <param name="entries">The archive's entries; the user records of a record are consecutive.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async IAsyncEnumerable<PastRecord> ReadAsync(
        IAsyncEnumerable<ArchiveEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parts = new List<ArchiveEntry>();
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (parts.Count > 0 && !IsSameRecord(parts[0], entry))
            {
                yield return Restore(parts);
                parts.Clear();
            }

            parts.Add(entry);
        }

        if (parts.Count > 0)
        {
            yield return Restore(parts);
        }
    }

    private static bool IsSameRecord(ArchiveEntry one, ArchiveEntry other) =>
        one.Key.ShardId == other.Key.ShardId && one.Key.SequenceNumber == other.Key.SequenceNumber;

    private static PastRecord Restore(List<ArchiveEntry> parts)
    {
        var first = parts[0];
        var users = new List<(string PartitionKey, ReadOnlyMemory<byte> Data)>();
        var count = new OccurrenceCounter();
        foreach (var part in parts)
        {
            // Equal user records preceded it in the stream, even if the archive lacks them. Without them its occurrence would change.
            while (count.Next(part.Key.Fingerprint) < part.Key.Occurrence)
            {
                users.Add((part.PartitionKey, part.Data));
            }

            users.Add((part.PartitionKey, part.Data));
        }

        return new PastRecord(
            first.Key.ShardId,
            first.Key.SequenceNumber,
            first.PartitionKey,
            first.ArrivalTime,
            users.Count == 1 ? first.Data : AggregateWriter.Pack(users))
        {
            UserRecords = users.Count,
        };
    }
}
