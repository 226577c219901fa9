using Amazon.S3;
using Amazon.S3.Model;
using Analytics.Streaming;
using NSubstitute;

namespace Analytics.Archive.Tests;

public sealed class FunctionTests
{
    [Fact]
    public async Task ABatchIsArchivedAnsweredAndCountedOnce()
    {
        var s3 = Substitute.For<IAmazonS3>();
        s3.PutObjectAsync(Arg.Any<PutObjectRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
            call.Arg<PutObjectRequest>().Key.StartsWith("quarantine/", StringComparison.Ordinal)
                ? throw new AmazonS3Exception("no")
                : new PutObjectResponse());
        var counted = new List<ArchiveTotals>();
        var function = new Function(
            new BatchProcessor(Some.Reader, new FakeTime(Some.Now)),
            new ArchiveWriter(s3, "bucket"),
            counted.Add,
            EventTimeBounds.Default);

        var response = await function.HandleAsync(
            Some.Batch(Some.Record(1, """{"event_type":"purchase","amount":12.5}"""), Some.Record(2, "?"), Some.Record(3)), Some.Context());

        Assert.Equal([Some.Sequence(2)], Some.Reported(response));
        Assert.Equal(new ArchiveTotals(Processed: 1, Amount: 12.5m, Errors: 0), Assert.Single(counted));
    }
}
