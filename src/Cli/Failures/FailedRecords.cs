using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Failures;

/// <summary>Fetches the records of a failed batch: from the stream, and those that it no longer has from the archive.</summary>
/// <param name="reader">Reads user records.</param>
/// <param name="stream">The stream.</param>
/// <param name="archive">The archive; null for none.</param>
internal sealed class FailedRecords(EventReader reader, StreamRecords stream, ArchiveReader? archive)
{
    /// <summary>
    /// The records of a range, in their order, aggregates whole: a batch of a consumer may have only a part of the first and the last one, but
    /// user records that a function has are the same to it when they come again.
    /// </summary>
    public async Task<FoundRecords> FetchAsync(RecordRange range, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<SequenceNumber, PastRecord>();
        await foreach (var record in stream.ReadAsync(range.ShardId, range.First, range.Last, cancellationToken))
        {
            found.Add(record.SequenceNumber, record);
        }

        var fromStream = found.Count;
        if (Missing(range, found) > 0 && archive is not null)
        {
            // Arrival times of a shard's records need not rise with their sequence numbers.
            var slack = TimeSpan.FromMinutes(1);
            var entries = archive.ReadAsync(
                new ArchiveSelection(range.FirstArrival - slack, range.LastArrival + slack) { ShardId = range.ShardId }, cancellationToken);
            await foreach (var record in ArchivedRecords.ReadAsync(entries, cancellationToken))
            {
                if (record.SequenceNumber >= range.First && record.SequenceNumber <= range.Last)
                {
                    found.TryAdd(record.SequenceNumber, record);
                }
            }
        }

        return new FoundRecords([.. found.Values], found.Count - fromStream, Missing(range, found));
    }

    private int Missing(RecordRange range, SortedDictionary<SequenceNumber, PastRecord> found) =>
        Math.Max(0, range.Count - (range.IsFromConsumer ? found.Values.Sum(CountUserRecords) : found.Count));

    private int CountUserRecords(PastRecord record)
    {
        if (record.UserRecords is { } known)
        {
            return known;
        }

        var count = 0;
        foreach (ref readonly var user in reader.Read(record.Data))
        {
            count++;
        }

        return count;
    }
}

/// <summary>What was found of a range.</summary>
/// <param name="Records">The records, in their order.</param>
/// <param name="FromArchive">How many of them the stream no longer had.</param>
/// <param name="Missing">How many, of the kind that the range counts, are neither in the stream nor in the archive.</param>
internal sealed record FoundRecords(IReadOnlyList<PastRecord> Records, int FromArchive, int Missing);
