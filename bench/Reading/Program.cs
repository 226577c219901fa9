using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Benchmarks;
using Analytics.Events;
using Analytics.Reading.Benchmarks;
using Analytics.Streaming;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.Kinesis;

const int WarmUps = 30;
var records = Argument(0, 10_000);
var runs = Argument(1, 200);

var body = InvocationBody.Create(records, PageViews.FirstArrival, PageViews.PartitionKey, PageViews.Payload);
var serializer = new SourceGeneratorLambdaJsonSerializer<BenchmarkJsonContext>();
var reader = new EventReader(EventLimits.Default);
var options = new ProcessingOptions { ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure };
var batches = new BatchProcessor(reader, TimeProvider.System);
var invocation = new UnlimitedContext();
var decoded = new byte[64 * 1024];

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{(RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "native")}, .NET {Environment.Version}: {records} records, {body.Length / 1e6:F1} MB; median and best of {runs} runs, and what one allocates"));
Print("Utf8JsonReader over the body", Measurement.Run(() => Scan(body), WarmUps, runs));
Print("... and over each payload", Measurement.Run(ScanWithPayloads, WarmUps, runs));
Print("Utf8JsonReader, and parse payloads", Measurement.Run(ScanAndParsePayloads, WarmUps, runs));
Print("deserialize", Measurement.Run(() => Deserialize().Records.Count, WarmUps, runs));
Print("... process and read the events", Measurement.Run(Read, WarmUps, runs));
Print("... as the functions do, and fold", Measurement.Run(Fold, WarmUps, runs));

int Argument(int index, int otherwise) => index < args.Length ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

static void Print(string what, Measurement cost) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{what,-34} {cost.Median.TotalMilliseconds,7:F2} ms {cost.Best.TotalMilliseconds,7:F2} ms {cost.AllocatedBytes / 1e6,7:F2} MB"));

static long Scan(ReadOnlySpan<byte> json)
{
    var tokens = 0L;
    var scan = new Utf8JsonReader(json);
    while (scan.Read())
    {
        tokens++;
    }

    return tokens;
}

long ScanWithPayloads()
{
    var tokens = 0L;
    var scan = new Utf8JsonReader(body);
    while (scan.Read())
    {
        tokens++;
        if (scan.TokenType == JsonTokenType.PropertyName && scan.ValueTextEquals("data"u8))
        {
            scan.Read();
            Base64.DecodeFromUtf8(scan.ValueSpan, decoded, out _, out var written);
            tokens += Scan(decoded.AsSpan(0, written));
        }
    }

    return tokens;
}

long ScanAndParsePayloads()
{
    var members = 0L;
    var scan = new Utf8JsonReader(body);
    while (scan.Read())
    {
        if (scan.TokenType == JsonTokenType.PropertyName && scan.ValueTextEquals("data"u8))
        {
            scan.Read();
            Base64.DecodeFromUtf8(scan.ValueSpan, decoded, out _, out var written);
            using var document = JsonDocument.Parse(decoded.AsMemory(0, written));
            members += document.RootElement.GetPropertyCount();
        }
    }

    return members;
}

KinesisEvent Deserialize()
{
    using var stream = new MemoryStream(body, 0, body.Length, writable: false, publiclyVisible: true);
    return serializer.Deserialize<KinesisEvent>(stream);
}

long Read()
{
    var amounts = 0m;
    var handler = RecordHandler<KinesisEvent.KinesisEventRecord>.From(record =>
    {
        var data = record.Kinesis.Data.TryGetBuffer(out var buffer) ? buffer : record.Kinesis.Data.ToArray();
        foreach (ref readonly var user in reader.Read(data))
        {
            amounts += user.IsEvent && user.Event.TryGetNumber(EventField.Amount, out var amount)
                ? amount
                : throw new InvalidOperationException("The event cannot be read.");
        }
    });
    var result = KinesisEventBatchProcessor.Instance.ProcessAsync(Deserialize(), handler, options).GetAwaiter().GetResult();
    return result.FailureRecords.Count == 0 ? (long)amounts : throw new InvalidOperationException("A record failed.");
}

long Fold()
{
    var amounts = new AmountsFold();
    var response = batches.ProcessAsync(Deserialize(), invocation, _ => amounts, (_, _) => Task.FromResult(CommitResult.Complete)).GetAwaiter().GetResult();
    return response.BatchItemFailures.Count == 0 ? (long)amounts.Sum : throw new InvalidOperationException("A record failed.");
}
