// Measures the archive function's time for a batch, on one core and without I/O, compared with gzip alone for the same lines.
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Analytics.Archive;
using Analytics.Archive.Benchmarks;
using Analytics.Benchmarks;
using Analytics.Events;
using Analytics.Streaming;

const int WarmUps = 10;
var records = Argument(0, 10_000);
var runs = Argument(1, 50);

var body = InvocationBody.Create(records, Shopping.FirstArrival, Shopping.PartitionKey, Shopping.Payload);
var serializer = new SourceGeneratorLambdaJsonSerializer<BatchJsonContext>();
var processor = new BatchProcessor(new EventReader(EventLimits.Default), TimeProvider.System);
var invocation = new UnlimitedContext();
var received = Deserialize();
var payload = received.Records.Sum(record => record.Kinesis.Data.Length);
using var all = new MemoryStream();
Handle(received, archived =>
{
    using var gzip = new GZipStream(archived, CompressionMode.Decompress);
    gzip.CopyTo(all);
});
var lines = all.ToArray();

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{(RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "native")}, .NET {Environment.Version}: {records} records, {body.Length / 1e6:F1} MB of event, {payload / 1e6:F1} MB of payload, {lines.Length / 1e6:F1} MB of lines in the archive; best of {runs} runs"));
var alone = new Best("gzip alone, of the same lines in one call");
var handled = new Best("read, make the lines, and gzip");
var whole = new Best("the same and deserialize the event before");
for (var run = -WarmUps; run < runs; run++)
{
    alone.Take(GzipAlone, counts: run >= 0);
    handled.Take(() => Handle(received), counts: run >= 0);
    whole.Take(() => Handle(Deserialize()), counts: run >= 0);
}

Console.WriteLine(alone);
Console.WriteLine(handled.Than(alone));
Console.WriteLine(whole.Than(alone));

int Argument(int index, int otherwise) => index < args.Length ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

KinesisEvent Deserialize()
{
    using var stream = new MemoryStream(body, 0, body.Length, writable: false, publiclyVisible: true);
    return serializer.Deserialize<KinesisEvent>(stream);
}

long Handle(KinesisEvent kinesisEvent, Action<Stream>? put = null)
{
    var length = 0L;
    var response = processor.ProcessAsync(
        kinesisEvent,
        invocation,
        batch => new ArchiveFold(batch, EventTimeBounds.Default),
        (fold, _) =>
        {
            var archived = fold.Objects.Single().Content();
            put?.Invoke(archived);
            length = archived.Length;
            return Task.FromResult(CommitResult.Complete);
        }).GetAwaiter().GetResult();
    return response.BatchItemFailures.Count == 0 ? length : throw new InvalidOperationException("A record failed.");
}

long GzipAlone()
{
    var compressed = new PooledStream();
    using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
    {
        gzip.Write(lines);
    }

    var length = compressed.Length;
    compressed.Free();
    return length;
}
