using Analytics.Archiving;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Failures;

/// <summary>Fetches the records of a failed batch from the stream, and those no longer retained there from the archive.</summary>
/// <param name="reader">Decodes user records.</param>
/// <param name="stream">The stream.</param>
/// <param name="archive">The archive, or null if there is none.</param>
internal sealed class FailedRecords(EventReader reader, StreamRecords stream, ArchiveReader? archive)
{
    /// <summary>
    /// Fetches the records of a range in order, with whole aggregates: a consumer's batch may contain only part of the first and last aggregate, but
    /// functions recognize user records that they have already processed.
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
            // Arrival times in a shard do not necessarily increase with sequence numbers.
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

/// <summary>The records found for a range.</summary>
/// <param name="Records">The records in order.</param>
/// <param name="FromArchive">Number of records that were read from the archive.</param>
/// <param name="Missing">Number of records, in the unit of the range's count, that are neither in the stream nor in the archive.</param>
internal sealed record FoundRecords(IReadOnlyList<PastRecord> Records, int FromArchive, int Missing);
