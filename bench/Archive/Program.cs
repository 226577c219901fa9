using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Amazon.Lambda.KinesisEvents;
using Analytics.Archive;
using Analytics.Archive.Benchmarks;
using Analytics.Events;
using Analytics.Streaming;

const string Shard = "shardId-000000000000";
const int WarmUps = 10;
const int LineBytes = 600;
var count = Argument(0, 10_000);
var runs = Argument(1, 50);

var records = Enumerable.Range(0, count).Select(RecordOf).ToArray();
var batch = new BatchInfo("arn:aws:kinesis:eu-west-1:123456789012:stream/s", Shard, new DateTimeOffset(2025, 8, 8, 9, 31, 0, TimeSpan.Zero));
var reader = new EventReader(EventLimits.Default);

byte[] lines;
using (var fold = Fold())
{
    using var gzip = new GZipStream(fold.Objects.Single().Content(), CompressionMode.Decompress);
    using var all = new MemoryStream();
    gzip.CopyTo(all);
    lines = all.ToArray();
}

var payload = records.Sum(record => record.Kinesis.Data.Length);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{(RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "native")}, .NET {Environment.Version}: {count} records, {payload / 1e6:F1} MB of payload, {lines.Length / 1e6:F1} MB of lines; best of {runs} runs"));
var (alone, folded) = (new Best("gzip of the lines alone"), new Best("read, fold and gzip"));
for (var run = -WarmUps; run < runs; run++)
{
    alone.Take(GzipAlone, counts: run >= 0);
    folded.Take(FoldAndClose, counts: run >= 0);
}

Console.WriteLine(alone);
Console.WriteLine(folded);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"ratio {folded.Milliseconds / alone.Milliseconds:F2}; peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB, the records and the lines of the comparison included"));

int Argument(int index, int otherwise) => index < args.Length ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

ArchiveFold Fold()
{
    var fold = new ArchiveFold(batch, EventTimeBounds.Default);
    foreach (var record in records)
    {
        var streamRecord = new StreamRecord(record, Shard);
        foreach (ref readonly var user in reader.Read(streamRecord.Data))
        {
            fold.Add(streamRecord, user);
        }
    }

    return fold;
}

long GzipAlone()
{
    var compressed = new PooledStream();
    using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
    {
        for (var start = 0; start < lines.Length; start += LineBytes)
        {
            gzip.Write(lines.AsSpan(start, Math.Min(LineBytes, lines.Length - start)));
        }
    }

    var length = compressed.Length;
    compressed.Free();
    return length;
}

long FoldAndClose()
{
    using var fold = Fold();
    return fold.Objects.Single().Content().Length;
}

static KinesisEvent.KinesisEventRecord RecordOf(int number)
{
    var random = new Random(number);
    var json = $$"""{"event_id":"{{Guid.NewGuid()}}","event_type":"{{(number % 4 == 0 ? "purchase" : "page_view")}}","timestamp":"2025-08-08T09:{{number % 30:D2}}:{{number % 60:D2}}.{{number % 1000:D3}}Z","data":{"user_id":"user-{{random.Next(5000)}}","session_id":"{{random.NextInt64():x}}","page":"/products/{{random.Next(300)}}","device":"mobile","amount":{{random.Next(100_000) / 100m}},"currency":"EUR","referrer":"https://example.com/{{random.Next()}}","note":"{{random.NextInt64():x}}{{random.NextInt64():x}}{{random.NextInt64():x}}"} }""";
    var data = Encoding.UTF8.GetBytes(json);
    var sequenceNumber = "4959033827149025660855969253836157109592157598913697" + number.ToString("D5", CultureInfo.InvariantCulture);
    return new KinesisEvent.KinesisEventRecord
    {
        EventId = $"{Shard}:{sequenceNumber}",
        Kinesis = new KinesisEvent.Record
        {
            Data = new MemoryStream(data, 0, data.Length, writable: false, publiclyVisible: true),
            PartitionKey = $"user-{number % 5000}",
            SequenceNumber = sequenceNumber,
            ApproximateArrivalTimestamp = new DateTime(2025, 8, 8, 9, 30, 0, DateTimeKind.Utc).AddMilliseconds(number),
        },
    };
}
