using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Analytics.EndToEnd.Tests;

/// <summary>The peak resident memory of the native executables, as the local Lambda reports it in their logs.</summary>
public sealed partial class MemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Records = 10_000;
    private const int MaxBytes = 6 * 1024 * 1024;
    private const int Invocations = 50;
    private const int MaxMegabytes = 128;
    private readonly TemporaryFolder _folder = new();
    private readonly PipelineTemplate _template = new();

    public void Dispose()
    {
        _folder.Dispose();
        _template.Dispose();
    }

    [NativeFact]
    public async Task TheArchiveFunctionStaysUnder128MegabytesWithTheLargestBatchesThereAre()
    {
        _template.SetCode("Archive", Path.Combine(Repository.Root, ".analytics/build/native/Archive"));
        using var up = AnalyticsCommand.Start(
            _folder.Path, ["up", "--data", "data", "--template", await _template.WriteAsync()], readyLine: "Stop with Ctrl-C.");
        await up.ReadyAsync();
        using var services = new LocalServices(_folder.Path);
        var batch = Batch();
        for (var invocation = 0; invocation < Invocations; invocation++)
        {
            var answer = await services.InvokeAsync(services.Resource("Archive"), batch);
            Assert.Equal((HttpStatusCode.OK, null, """{"batchItemFailures":[]}"""), answer);
        }

        await up.InterruptAsync();
        await up.WaitAsync();
        Assert.Equal(Records, CountLines(Assert.Single(LocalObjects.In(_folder.Combine("data"))).Content));
        var peaks = PeakMemory().Matches(await File.ReadAllTextAsync(_folder.Combine(".analytics/logs/Archive.log")))
            .Select(peak => int.Parse(peak.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .ToList();
        Assert.Equal(Invocations, peaks.Count);
        output.WriteLine($"The peak was {peaks[0]} MB after the first and {peaks.Max()} MB after {Invocations} batches of {Records} records and {batch.Length} bytes.");
        Assert.InRange(peaks.Max(), 1, MaxMegabytes - 1);
    }

    /// <summary>The maximum number of records of a batch, in the maximum number of bytes.</summary>
    private static string Batch()
    {
        var perRecord = (MaxBytes / Records) - 1;
        var text = new StringBuilder("""{"Records":[""", MaxBytes);
        for (var index = 0; index < Records; index++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"{index:D56}");
            var (before, after) = (
                $$$"""{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"user-{{{index % 997}}}","sequenceNumber":"4{{{number[1..]}}}","data":""",
                $$$"""
                ,"approximateArrivalTimestamp":1772366400.{{{index % 1000:D3}}}},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000000:4{{{number[1..]}}}","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::000000000000:role/r","awsRegion":"us-east-1","eventSourceARN":"arn:aws:kinesis:us-east-1:000000000000:stream/s"}
                """);
            var size = (perRecord - before.Length - after.Length - 2) / 4 * 3;
            var data = Encoding.ASCII.GetBytes($$"""{"event_type":"click","user_id":"u{{index}}"}""".PadRight(size));
            text.Append(index == 0 ? "" : ",").Append(before).Append('"').Append(Convert.ToBase64String(data)).Append('"').Append(after);
        }

        text.Append("]}");
        Assert.InRange(text.Length, MaxBytes - (10 * Records), MaxBytes);
        return text.ToString();
    }

    private static int CountLines(byte[] content)
    {
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return reader.ReadToEnd().Count(character => character == '\n');
    }

    [GeneratedRegex("Max Memory Used: ([0-9]+) MB")]
    private static partial Regex PeakMemory();
}
