using System.Text.Json;
using Analytics.Benchmarks;
using Analytics.Cli.Shared.Samples;

namespace Analytics.Performance.Comparing;

/// <summary>
/// Batches of sample events, one after the other, as Lambda delivers them from one shard. All events are flat JSON with snake_case names, uncompressed and not aggregated,
/// so that the peers can read them.
/// </summary>
internal sealed class Workload
{
    /// <summary>The maximum payload of an invocation by Lambda.</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    private const byte GzipStart = 0x1f;
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly IEnumerator<(string PartitionKey, byte[] Data)> _records;
    private int _sent;

    public Workload()
    {
        _records = new SampleEvents(1, number => _start.AddMilliseconds(number), SampleDialect.FlatSnakeCase)
            .Take(long.MaxValue)
            .Where(record => record.UserRecords == 1 && record.Data.Span[0] != GzipStart)
            .Select(record => (record.PartitionKey, record.Data.ToArray()))
            .GetEnumerator();
    }

    /// <summary>Returns the next batch.</summary>
    /// <param name="records">The number of records.</param>
    public byte[] Next(int records)
    {
        var batch = new List<(string PartitionKey, byte[] Data)>(records);
        while (batch.Count < records && _records.MoveNext())
        {
            batch.Add(_records.Current);
        }

        return Create(batch);
    }

    /// <summary>Returns a batch of one record: a purchase that raises an alert.</summary>
    public byte[] NextAlert()
    {
        while (_records.MoveNext())
        {
            using var json = JsonDocument.Parse(_records.Current.Data);
            if (json.RootElement.TryGetProperty("event_type", out var type) && type.ValueEquals("purchase") && json.RootElement.GetProperty("amount").GetDecimal() > 500)
            {
                return Create([_records.Current]);
            }
        }

        throw new InvalidOperationException("The sample events have no such purchase.");
    }

    /// <summary>Determines the number of records in the largest payload that Lambda delivers.</summary>
    public static int CountInMaxPayload()
    {
        const int Sample = 2_000;
        return (int)((long)MaxPayloadBytes * Sample / new Workload().Next(Sample).Length * 0.99);
    }

    private byte[] Create(List<(string PartitionKey, byte[] Data)> batch)
    {
        var body = InvocationBody.Create(
            batch.Count, _start.AddMilliseconds(_sent).ToUnixTimeMilliseconds() / 1000m, number => batch[number].PartitionKey, number => batch[number].Data, _sent);
        _sent += batch.Count;
        return body;
    }
}
