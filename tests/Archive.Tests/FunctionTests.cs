using Amazon.S3;
using Amazon.S3.Model;
using Analytics.Streaming;
using NSubstitute;

namespace Analytics.Archive.Tests;

[Collection(ConsoleTests.Name)]
public sealed class FunctionTests
{
    [Fact]
    public async Task ABatchIsArchivedAnsweredAndCountedInOneMetricsLine()
    {
        var s3 = Substitute.For<IAmazonS3>();
        s3.PutObjectAsync(Arg.Any<PutObjectRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
            call.Arg<PutObjectRequest>().Key.StartsWith("quarantine/", StringComparison.Ordinal)
                ? throw new AmazonS3Exception("no")
                : new PutObjectResponse());
        var function = new Function(
            new BatchProcessor(Some.Reader, new FakeTime(Some.Now)),
            new ArchiveWriter(s3, "bucket"),
            new ArchiveMetrics("TestNamespace"),
            EventTimeBounds.Default);
        var console = Console.Out;
        await using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            var response = await function.HandleAsync(
                Some.Batch(Some.Record(1, """{"event_type":"purchase","amount":12.5}"""), Some.Record(2, "?"), Some.Record(3)), Some.Context());

            Assert.Equal([Some.Sequence(2)], Some.Reported(response));
        }
        finally
        {
            Console.SetOut(console);
        }

        var metrics = Archived.Parse(Assert.Single(
            output.ToString().Split('\n'), line => line.Contains("CloudWatchMetrics", StringComparison.Ordinal)));
        Assert.Equal("TestNamespace", metrics.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Namespace").GetString());
        Assert.Equal(1, metrics.GetProperty("ProcessedRecords").GetDouble());
        Assert.Equal(12.5, metrics.GetProperty("TotalAmount").GetDouble());
        Assert.Equal(0, metrics.GetProperty("ErrorCount").GetDouble());
    }
}
