using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Run;

/// <summary>The expected content of the second stream: a byte-for-byte copy of each user record of the first, with its origin.</summary>
/// <param name="reader">Deaggregates Kinesis records.</param>
internal sealed class ExpectedReplica(EventReader reader)
{
    private readonly Dictionary<string, (UInt128 Fingerprint, bool IsThere)> _expected = [];
    private readonly Differences _differences = new();

    /// <summary>Number of user records that have a copy.</summary>
    public long Replicated { get; private set; }

    /// <summary>The differences, one line each; complete after <see cref="Finish"/>.</summary>
    public IReadOnlyList<string> Differences => _differences.Lines;

    /// <summary>Adds a record of the first stream.</summary>
    public void Add(in StreamRecord record)
    {
        var occurrences = new OccurrenceCounter();
        foreach (ref readonly var user in reader.Read(record.Data))
        {
            var numbered = record with { Occurrence = occurrences.Next(RecordFingerprint.Compute(record, user)) };
            _expected.Add(RecordIdentity.Create(numbered, user).ToString(), (Fingerprint.Compute(user.Data.Span), false));
        }
    }

    /// <summary>Adds a record of the second stream. Copies are delivered at least once.</summary>
    public void Found(string shardId, string sequenceNumber, ReadOnlyMemory<byte> data)
    {
        foreach (ref readonly var user in reader.Read(data))
        {
            if (user.Origin is not { } origin || !_expected.TryGetValue(origin.Position, out var expected))
            {
                _differences.Add("records on the second stream that are not copies", $"{shardId}:{sequenceNumber}");
                continue;
            }

            if (expected.Fingerprint != Fingerprint.Compute(user.Data.Span))
            {
                _differences.Add("copies whose bytes differ from those sent", origin.Position);
            }

            if (!expected.IsThere)
            {
                Replicated++;
                _expected[origin.Position] = expected with { IsThere = true };
            }
        }
    }

    /// <summary>Completes the comparison after all records: adds missing copies.</summary>
    public void Finish()
    {
        foreach (var position in _expected.Where(expected => !expected.Value.IsThere).Select(expected => expected.Key))
        {
            _differences.Add("records without a copy on the second stream", position);
        }
    }
}
