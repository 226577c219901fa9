using Analytics.Cli.Archiving;
using Analytics.Cli.Producing;
using Analytics.Events;

namespace Analytics.Cli.Checking;

/// <summary>
/// Compares what was sent with what the stream holds and with what the pipeline archived, user record by user record and byte for byte.
/// First all <see cref="Sent"/>, then all <see cref="InStream"/>, then all <see cref="Archived"/>.
/// </summary>
/// <param name="reader">Takes Kinesis records apart, and says what is malformed.</param>
internal sealed class Reconciliation(EventReader reader)
{
    private readonly Dictionary<(string ShardId, string SequenceNumber), UInt128> _sent = [];
    private readonly Dictionary<UserRecordKey, Expected> _expected = [];
    private readonly Differences _differences = new();
    private long _sentUserRecords;
    private long _putAgain;
    private long _archivedAgain;

    private enum Place
    {
        Nowhere,
        Archive,
        Quarantine,
    }

    /// <summary>A record that the stream took.</summary>
    public void Sent(OutgoingRecord record, PutOutcome outcome)
    {
        _sent.Add((outcome.ShardId!, outcome.SequenceNumber!), Fingerprint.Of(record.Data.Span));
        _sentUserRecords += record.UserRecords;
    }

    /// <summary>A record that the stream holds.</summary>
    public void InStream(string shardId, string sequenceNumber, ReadOnlyMemory<byte> data)
    {
        var isOurs = _sent.Remove((shardId, sequenceNumber), out var fingerprint);
        if (isOurs && fingerprint != Fingerprint.Of(data.Span))
        {
            _differences.Add("records in the stream with other bytes than were sent", $"{shardId}:{sequenceNumber}");
        }

        foreach (ref readonly var user in reader.Read(data))
        {
            // A request that was answered too late was sent again, and the stream then holds its records twice.
            _putAgain += isOurs ? 0 : 1;
            var expected = new Expected(user.IsEvent ? Place.Archive : Place.Quarantine, Fingerprint.Of(user.Data.Span), Place.Nowhere);
            _expected.Add(new UserRecordKey(shardId, sequenceNumber, user.SubSequenceNumber), expected);
        }
    }

    /// <summary>A line of an archive or quarantine object.</summary>
    public void Archived(in ArchiveEntry entry)
    {
        if (!_expected.TryGetValue(entry.Key, out var expected))
        {
            _differences.Add("archived records that the stream does not hold", entry.Key.ToString());
            return;
        }

        if (expected.Found != Place.Nowhere)
        {
            _archivedAgain++;
            return;
        }

        var place = entry.Reason is null ? Place.Archive : Place.Quarantine;
        _expected[entry.Key] = expected with { Found = place };
        if (place != expected.Right)
        {
            _differences.Add(place == Place.Archive ? "malformed records in the archive" : "events in quarantine", entry.Key.ToString());
        }

        if (expected.Fingerprint != Fingerprint.Of(entry.Data.Span))
        {
            _differences.Add("records archived with other bytes than were sent", entry.Key.ToString());
        }
    }

    /// <summary>What the comparison came to.</summary>
    public ReconciliationResult Finish()
    {
        foreach (var (shardId, sequenceNumber) in _sent.Keys)
        {
            _differences.Add("records sent that the stream does not hold", $"{shardId}:{sequenceNumber}");
        }

        var (archived, quarantined, missing) = (0L, 0L, 0L);
        foreach (var (key, expected) in _expected)
        {
            switch (expected.Found)
            {
                case Place.Archive:
                    archived++;
                    break;
                case Place.Quarantine:
                    quarantined++;
                    break;
                default:
                    missing++;
                    _differences.Add("records neither archived nor in quarantine", key.ToString());
                    break;
            }
        }

        return new ReconciliationResult(_sentUserRecords + _putAgain, archived, quarantined, missing + _sent.Count, _putAgain, _archivedAgain, _differences.Lines);
    }

    private readonly record struct Expected(Place Right, UInt128 Fingerprint, Place Found);
}

/// <summary>What a <see cref="Reconciliation"/> came to.</summary>
/// <param name="Sent">User records that the stream took, those put again included.</param>
/// <param name="Archived">User records in the archive, each counted once.</param>
/// <param name="Quarantined">User records in quarantine, each counted once.</param>
/// <param name="Lost">Records sent that are in neither.</param>
/// <param name="PutAgain">User records that the stream holds a second time, because a request had to be repeated.</param>
/// <param name="ArchivedAgain">Lines in the archive for user records that it had already: at-least-once delivery.</param>
/// <param name="Differences">What does not hold, one line each.</param>
internal sealed record ReconciliationResult(
    long Sent, long Archived, long Quarantined, long Lost, long PutAgain, long ArchivedAgain, IReadOnlyList<string> Differences);
