using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Replicator;

/// <summary>
/// Folds a batch to the records to put on the other stream. Records that are copies themselves are skipped, so that two streams can be copied to each
/// other; with more than two, each must be copied to every other.
/// </summary>
internal sealed class ReplicaFold(BatchInfo batch) : IBatchFold
{
    private readonly (string Region, string Stream) _here = ParseStreamArn(batch.StreamArn);
    private readonly Dictionary<string, int> _lastRound = new(StringComparer.Ordinal);
    private readonly List<Dictionary<string, ReplicaRecord>> _rounds = [];

    /// <summary>
    /// The records by partition key, in rounds: a key's second record is in the second round. A round is sent after the previous one is complete,
    /// which preserves the order per key; PutRecords itself does not.
    /// </summary>
    public IReadOnlyList<IReadOnlyCollection<ReplicaRecord>> Rounds => [.. _rounds.Select(round => round.Values)];

    /// <inheritdoc/>
    public void Add(in StreamRecord record, in UserRecord user)
    {
        if (user.Origin is not null)
        {
            return;
        }

        var origin = new RecordOrigin(_here.Region, _here.Stream, RecordIdentity.Create(record, user).ToString());
        var key = record.PartitionKey;
        var userKey = user.PartitionKey ?? key;
        if (_lastRound.TryGetValue(key, out var round) && _rounds[round][key].TryAdd(userKey, user.Data.Span, origin))
        {
            return;
        }

        var next = new ReplicaRecord(key, record.SequenceNumber);
        if (!next.TryAdd(userKey, user.Data.Span, origin))
        {
            throw new ReplicaTooLargeException(
                $"A record of {user.Data.Length} bytes does not fit into {ReplicaRecord.MaxBytes} bytes together with its origin.");
        }

        round = _lastRound.TryGetValue(key, out var last) ? last + 1 : 0;
        _lastRound[key] = round;
        if (round == _rounds.Count)
        {
            _rounds.Add(new Dictionary<string, ReplicaRecord>(StringComparer.Ordinal));
        }

        _rounds[round].Add(key, next);
    }

    /// <summary>Returns the region and the name in <c>arn:aws:kinesis:region:account:stream/name</c>.</summary>
    private static (string Region, string Stream) ParseStreamArn(string streamArn) =>
        streamArn.Split(':') is [_, _, _, { Length: > 0 } region, _, ['s', 't', 'r', 'e', 'a', 'm', '/', .. { Length: > 0 } stream]]
            ? (region, stream)
            : throw new FormatException("The batch's event source ARN is not the ARN of a stream.");
}
