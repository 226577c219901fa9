using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Run;

/// <summary>What the second stream has to hold: a copy of each user record of the first, byte for byte, that says where it came from.</summary>
/// <param name="reader">Takes Kinesis records apart.</param>
internal sealed class ExpectedReplica(EventReader reader)
{
    private readonly Dictionary<string, (UInt128 Fingerprint, bool IsThere)> _expected = [];
    private readonly Differences _differences = new();

    /// <summary>User records of which there is a copy.</summary>
    public long Replicated { get; private set; }

    /// <summary>What does not hold, one line each; complete after <see cref="Finish"/>.</summary>
    public IReadOnlyList<string> Differences => _differences.Lines;

    /// <summary>A record of the first stream.</summary>
    public void Add(in StreamRecord record)
    {
        var occurrences = new OccurrenceCounter();
        foreach (ref readonly var user in reader.Read(record.Data))
        {
            var numbered = record with { Occurrence = occurrences.Next(RecordFingerprint.Of(record, user)) };
            _expected.Add(RecordIdentity.Of(numbered, user).ToString(), (Fingerprint.Of(user.Data.Span), false));
        }
    }

    /// <summary>A record of the second stream. Copies come at least once.</summary>
    public void Found(string shardId, string sequenceNumber, ReadOnlyMemory<byte> data)
    {
        foreach (ref readonly var user in reader.Read(data))
        {
            if (user.Origin is not { } origin || !_expected.TryGetValue(origin.Position, out var expected))
            {
                _differences.Add("records on the second stream that are no copy", $"{shardId}:{sequenceNumber}");
                continue;
            }

            if (expected.Fingerprint != Fingerprint.Of(user.Data.Span))
            {
                _differences.Add("copies with other bytes than were sent", origin.Position);
            }

            if (!expected.IsThere)
            {
                Replicated++;
                _expected[origin.Position] = expected with { IsThere = true };
            }
        }
    }

    /// <summary>After all records: what is missing.</summary>
    public void Finish()
    {
        foreach (var position in _expected.Where(expected => !expected.Value.IsThere).Select(expected => expected.Key))
        {
            _differences.Add("records without a copy on the second stream", position);
        }
    }
}
