using System.Text.Json;
using Analytics.Streaming;

namespace Analytics.Archiving;

/// <summary>A line of an archive or quarantine object (documented in src/Archiving/README.md).</summary>
/// <param name="Key">The identity of the user record; with occurrence 0 if the line has none, see <see cref="ArchivedOccurrences"/>.</param>
/// <param name="SubSequenceNumber">The position in a whole aggregate.</param>
/// <param name="HasOccurrence">Whether the line has an occurrence.</param>
/// <param name="Data">The bytes as the producer sent them.</param>
/// <param name="Reason">The reason for quarantine, or null for an event.</param>
/// <param name="PartitionKey">The partition key of the user record.</param>
/// <param name="ArrivalTime">The arrival time in the stream, UTC.</param>
public readonly record struct ArchiveEntry(
    RecordIdentity Key, int SubSequenceNumber, bool HasOccurrence, ReadOnlyMemory<byte> Data, string? Reason, string PartitionKey, DateTimeOffset ArrivalTime)
{
    /// <summary>The offset of the first malformed byte of a malformed record, or null if it is not known.</summary>
    public long? Position { get; init; }

    /// <summary>Parses a line without its line feed.</summary>
    /// <exception cref="JsonException">The line is not an archive entry.</exception>
    /// <exception cref="FormatException">The sequence number is invalid.</exception>
    public static ArchiveEntry Parse(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = 1_000 });
        ReadOnlyMemory<byte>? json = null;
        byte[]? put = null;
        string? shard = null, sequence = null, reason = null, partitionKey = null;
        DateTimeOffset? arrival = null;
        var sub = 0;
        int? occurrence = null;
        long? position = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            var start = (int)reader.BytesConsumed;
            reader.Read();
            switch (name)
            {
                case ArchiveLineMembers.OriginalData:
                    reader.Skip();

                    // White space between the colon and the comma belongs to the producer's data.
                    var end = (int)reader.BytesConsumed + line.Span[(int)reader.BytesConsumed..].IndexOf((byte)',');
                    json = end < reader.BytesConsumed ? null : line[start..end];
                    break;
                case ArchiveLineMembers.OriginalBase64 or ArchiveLineMembers.Data:
                    put = reader.GetBytesFromBase64();
                    break;
                case ArchiveLineMembers.ShardId:
                    shard = reader.GetString();
                    break;
                case ArchiveLineMembers.SequenceNumber:
                    sequence = reader.GetString();
                    break;
                case ArchiveLineMembers.SubSequenceNumber:
                    sub = reader.GetInt32();
                    break;
                case ArchiveLineMembers.Occurrence:
                    occurrence = reader.GetInt32();
                    break;
                case ArchiveLineMembers.PartitionKey:
                    partitionKey = reader.GetString();
                    break;
                case ArchiveLineMembers.ArrivalTime:
                    arrival = reader.GetDateTimeOffset();
                    break;
                case ArchiveLineMembers.Reason:
                    reason = reader.GetString();
                    break;
                case ArchiveLineMembers.Position:
                    position = reader.GetInt64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var data = put ?? json;
        return shard is null || sequence is null || data is null || partitionKey is null || arrival is null
            ? throw new JsonException(
                $"{ArchiveLineMembers.ShardId}, {ArchiveLineMembers.SequenceNumber}, {ArchiveLineMembers.PartitionKey}, {ArchiveLineMembers.ArrivalTime}, and {ArchiveLineMembers.OriginalData} or {ArchiveLineMembers.Data} are required.")
            : new ArchiveEntry(
                new RecordIdentity(
                    shard, SequenceNumber.Parse(sequence), RecordFingerprint.Compute(partitionKey, data.Value.Span), occurrence ?? 0),
                sub,
                occurrence is not null,
                data.Value,
                reason,
                partitionKey,
                arrival.Value)
            { Position = position };
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException("an object is expected.");
        }
    }
}
