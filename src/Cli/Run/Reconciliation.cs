using System.Runtime.InteropServices;
using Analytics.Archiving;
using Analytics.Cli.Shared.Sending;
using Analytics.Events;

namespace Analytics.Cli.Run;

/// <summary>
/// Compares the records sent with those in the stream and those in the archive, user record by user record and byte for byte.
/// Call <see cref="Sent"/> for all records first, then <see cref="InStream"/>, then <see cref="Archived"/>.
/// </summary>
/// <param name="reader">Deaggregates Kinesis records and detects malformed ones.</param>
internal sealed class Reconciliation(EventReader reader)
{
    private readonly Dictionary<(string ShardId, string SequenceNumber), UInt128> _sent = [];
    private readonly Dictionary<SentUserRecord, Expected> _expected = [];
    private readonly Differences _differences = new();
    private long _sentUserRecords;
    private long _putAgain;
    private long _archivedAgain;

    private enum Storage
    {
        Nowhere,
        Archive,
        Quarantine,
    }

    /// <summary>Adds a record that the stream accepted.</summary>
    public void Sent(OutgoingRecord record, PutOutcome outcome)
    {
        _sent.Add((outcome.ShardId!, outcome.SequenceNumber!), Fingerprint.Compute(record.Data.Span));
        _sentUserRecords += record.UserRecords;
    }

    /// <summary>Adds a record found in the stream.</summary>
    public void InStream(string shardId, string sequenceNumber, string partitionKey, ReadOnlyMemory<byte> data)
    {
        var isOurs = _sent.Remove((shardId, sequenceNumber), out var fingerprint);
        if (isOurs && fingerprint != Fingerprint.Compute(data.Span))
        {
            _differences.Add("records in the stream whose bytes differ from those sent", $"{shardId}:{sequenceNumber}");
        }

        var occurrences = new Dictionary<UInt128, int>();
        foreach (ref readonly var user in reader.Read(data))
        {
            // A request that timed out was sent again, so the stream may hold its records twice.
            _putAgain += isOurs ? 0 : 1;
            var contents = Contents(user.PartitionKey ?? partitionKey, user.Data.Span);
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(occurrences, contents, out _);
            var key = new SentUserRecord(shardId, sequenceNumber, contents, count++);
            _expected.Add(key, new Expected(user.IsEvent ? Storage.Archive : Storage.Quarantine, Storage.Nowhere));
        }
    }

    /// <summary>Adds a line of an archive or quarantine object.</summary>
    public void Archived(in ArchiveEntry entry)
    {
        var (shardId, sequenceNumber, _, occurrence) = entry.Key;
        var key = new SentUserRecord(shardId, sequenceNumber.ToString(), Contents(entry.PartitionKey, entry.Data.Span), occurrence);
        if (!_expected.TryGetValue(key, out var expected))
        {
            _differences.Add("archived records that are not in the stream", key.ToString());
            return;
        }

        if (expected.Found != Storage.Nowhere)
        {
            _archivedAgain++;
            return;
        }

        var place = entry.Reason is null ? Storage.Archive : Storage.Quarantine;
        _expected[key] = expected with { Found = place };
        if (place != expected.Right)
        {
            _differences.Add(place == Storage.Archive ? "malformed records in the archive" : "events in quarantine", key.ToString());
        }
    }

    /// <summary>Completes the comparison.</summary>
    public ReconciliationResult Finish()
    {
        foreach (var (shardId, sequenceNumber) in _sent.Keys)
        {
            _differences.Add("records sent that are not in the stream", $"{shardId}:{sequenceNumber}");
        }

        var (archived, quarantined, missing) = (0L, 0L, 0L);
        foreach (var (key, expected) in _expected)
        {
            switch (expected.Found)
            {
                case Storage.Archive:
                    archived++;
                    break;
                case Storage.Quarantine:
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

    /// <summary>128 bits of a hash of a user record's partition key and bytes. Independent of the function's fingerprint, which it checks.</summary>
    private static UInt128 Contents(string partitionKey, ReadOnlySpan<byte> data) =>
        Fingerprint.Compute([.. MemoryMarshal.AsBytes(partitionKey.AsSpan()), 0, 0, .. data]);

    private readonly record struct SentUserRecord(string ShardId, string SequenceNumber, UInt128 Contents, int Occurrence)
    {
        public override string ToString() => Occurrence == 0 ? $"{ShardId}:{SequenceNumber}" : $"{ShardId}:{SequenceNumber} ({Occurrence} equal ones before)";
    }

    private readonly record struct Expected(Storage Right, Storage Found);
}

/// <summary>The result of a <see cref="Reconciliation"/>.</summary>
/// <param name="Sent">User records that the stream accepted, including retried ones.</param>
/// <param name="Archived">User records in the archive, each counted once.</param>
/// <param name="Quarantined">User records in quarantine, each counted once.</param>
/// <param name="Lost">Records sent that are in neither.</param>
/// <param name="PutAgain">User records that the stream holds twice because a request was retried.</param>
/// <param name="ArchivedAgain">Additional lines in the archive for the same user records, due to at-least-once delivery.</param>
/// <param name="Differences">The differences, one line each.</param>
internal sealed record ReconciliationResult(
    long Sent, long Archived, long Quarantined, long Lost, long PutAgain, long ArchivedAgain, IReadOnlyList<string> Differences);
