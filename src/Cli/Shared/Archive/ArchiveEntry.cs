using System.Text.Json;
using Analytics.Streaming;

namespace Analytics.Cli.Shared.Archive;

/// <summary>A line of an archive or quarantine object (src/Archive/README.md says what it holds).</summary>
/// <param name="Key">The identity of its user record; with occurrence 0 if the line has none, see <see cref="ArchivedOccurrences"/>.</param>
/// <param name="SubSequenceNumber">The position in a whole aggregate.</param>
/// <param name="HasOccurrence">Whether the line has an occurrence.</param>
/// <param name="Data">The bytes as the producer put them.</param>
/// <param name="Reason">Why it is in quarantine; null in the archive.</param>
/// <param name="PartitionKey">What the user record was put with.</param>
/// <param name="ArrivalTime">When the stream took it in, UTC.</param>
internal readonly record struct ArchiveEntry(
    RecordIdentity Key, int SubSequenceNumber, bool HasOccurrence, ReadOnlyMemory<byte> Data, string? Reason, string PartitionKey, DateTimeOffset ArrivalTime)
{
    /// <summary>Reads a line without its line feed.</summary>
    /// <exception cref="JsonException">The line is not such an entry.</exception>
    /// <exception cref="FormatException">Its sequence number is none.</exception>
    public static ArchiveEntry Parse(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = 1_000 });
        ReadOnlyMemory<byte>? json = null;
        byte[]? put = null;
        string? shard = null, sequence = null, reason = null, partitionKey = null;
        DateTimeOffset? arrival = null;
        var sub = 0;
        int? occurrence = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            var start = (int)reader.BytesConsumed;
            reader.Read();
            switch (name)
            {
                case "original_data":
                    reader.Skip();

                    // Spaces around it are the producer's too: all between the colon and the comma.
                    var end = (int)reader.BytesConsumed + line.Span[(int)reader.BytesConsumed..].IndexOf((byte)',');
                    json = end < reader.BytesConsumed ? null : line[start..end];
                    break;
                case "original_base64" or "data":
                    put = reader.GetBytesFromBase64();
                    break;
                case "shard_id":
                    shard = reader.GetString();
                    break;
                case "sequence_number":
                    sequence = reader.GetString();
                    break;
                case "sub_sequence_number":
                    sub = reader.GetInt32();
                    break;
                case "occurrence":
                    occurrence = reader.GetInt32();
                    break;
                case "partition_key":
                    partitionKey = reader.GetString();
                    break;
                case "approximate_arrival_timestamp":
                    arrival = reader.GetDateTimeOffset();
                    break;
                case "reason":
                    reason = reader.GetString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var data = put ?? json;
        return shard is null || sequence is null || data is null || partitionKey is null || arrival is null
            ? throw new JsonException("shard_id, sequence_number, partition_key, approximate_arrival_timestamp, and original_data or data are expected.")
            : new ArchiveEntry(
                new RecordIdentity(
                    shard, SequenceNumber.Parse(sequence), RecordFingerprint.Of(partitionKey, data.Value.Span), occurrence ?? 0),
                sub,
                occurrence is not null,
                data.Value,
                reason,
                partitionKey,
                arrival.Value);
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException("an object is expected.");
        }
    }
}
