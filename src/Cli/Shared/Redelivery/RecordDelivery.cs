using System.Text;
using System.Text.Json;
using Amazon.Lambda.KinesisEvents;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;
using Analytics.Streaming;

namespace Analytics.Cli.Shared.Redelivery;

/// <summary>
/// Delivers records to a function in the events that a Kinesis event source mapping would create, and handles partial batch responses:
/// it continues from the lowest failed record, and stops if that record fails <see cref="Attempts"/> times in a row.
/// </summary>
/// <param name="invoke">Invokes the function with an event.</param>
/// <param name="streamArn">The stream of the records.</param>
/// <param name="clock">The clock for delays between attempts.</param>
internal sealed class RecordDelivery(
    Func<ReadOnlyMemory<byte>, CancellationToken, Task<FunctionAnswer>> invoke, string streamArn, TimeProvider clock)
{
    /// <summary>Maximum number of attempts without progress.</summary>
    public const int Attempts = 3;

    /// <summary>Maximum number of records per event.</summary>
    public const int MaxRecords = 1_000;

    private const int MaxEventBytes = 6 * 1024 * 1024;
    private const int MaxErrorCharacters = 300;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly string _region = streamArn.Split(':') is { Length: > 3 } parts ? parts[3] : "";

    /// <summary>The number of invocations so far.</summary>
    public int Invocations { get; private set; }

    /// <summary>Delivers the records in order.</summary>
    /// <param name="records">Records of one shard, in order.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="UserException">The function cannot be invoked.</exception>
    public async Task<DeliveryResult> DeliverAsync(IReadOnlyList<PastRecord> records, CancellationToken cancellationToken)
    {
        var done = 0;
        for (var attempt = 1; done < records.Count;)
        {
            var batch = Take(records, done);
            Invocations++;
            var answer = await invoke(Event(batch), cancellationToken);
            var (taken, error) = Read(answer, batch);
            if (error is null)
            {
                done += batch.Count;
                attempt = 1;
                continue;
            }

            attempt = taken > 0 ? 1 : attempt + 1;
            done += taken;
            if (attempt > Attempts)
            {
                return new DeliveryResult(done, error);
            }

            await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), clock, cancellationToken);
        }

        return new DeliveryResult(done, null);
    }

    private static List<PastRecord> Take(IReadOnlyList<PastRecord> records, int from)
    {
        const int RecordEnvelope = 1_200;
        var batch = new List<PastRecord>();
        var bytes = 0L;
        for (var i = from; i < records.Count && batch.Count < MaxRecords; i++)
        {
            bytes += RecordEnvelope + (6L * records[i].PartitionKey.Length) + ((records[i].Data.Length + 2) / 3 * 4);
            if (bytes > MaxEventBytes && batch.Count > 0)
            {
                break;
            }

            batch.Add(records[i]);
        }

        return batch;
    }

    private byte[] Event(List<PastRecord> batch) => JsonSerializer.SerializeToUtf8Bytes(
        new KinesisEvent
        {
            Records = [.. batch.Select(record => new KinesisEvent.KinesisEventRecord
            {
                Kinesis = new KinesisEvent.Record
                {
                    KinesisSchemaVersion = "1.0",
                    PartitionKey = record.PartitionKey,
                    SequenceNumber = record.SequenceNumber.ToString(),
                    Data = new MemoryStream(record.Data.ToArray()),
                    ApproximateArrivalTimestamp = record.ArrivalTime.UtcDateTime,
                },
                EventSource = "aws:kinesis",
                EventVersion = "1.0",
                EventId = $"{record.ShardId}:{record.SequenceNumber}",
                EventName = "aws:kinesis:record",
                AwsRegion = _region,
                EventSourceARN = streamArn,
            })],
        },
        BatchJsonContext.Default.KinesisEvent);

    /// <returns>The number of records processed, from the first on, and the error after them.</returns>
    private static (int Taken, string? Error) Read(FunctionAnswer answer, List<PastRecord> batch)
    {
        if (answer.Error is { } kind)
        {
            return (0, $"{kind}: {Shorten(answer.Payload.Span)}");
        }

        StreamsEventResponse? response;
        try
        {
            response = answer.Payload.IsEmpty ? null : JsonSerializer.Deserialize(answer.Payload.Span, BatchJsonContext.Default.StreamsEventResponse);
        }
        catch (JsonException)
        {
            return (0, $"its response is not a batch response: {Shorten(answer.Payload.Span)}");
        }

        if (response?.BatchItemFailures is not { Count: > 0 } failures)
        {
            return (batch.Count, null);
        }

        var lowest = batch.Count;
        foreach (var failure in failures)
        {
            var index = batch.FindIndex(record => record.SequenceNumber.ToString() == failure?.ItemIdentifier);
            lowest = index < 0 ? 0 : Math.Min(lowest, index);
        }

        return (lowest, $"it reported record {batch[lowest].SequenceNumber} as failed");
    }

    private static string Shorten(ReadOnlySpan<byte> payload)
    {
        var text = Encoding.UTF8.GetString(payload).ReplaceLineEndings(" ");
        return text.Length > MaxErrorCharacters ? text[..MaxErrorCharacters] + "…" : text;
    }
}
