using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.S3.Model;
using Analytics.Streaming;
using NSubstitute;

namespace Analytics.Archive.Tests;

public sealed class ArchiveWriterTests
{
    private readonly IAmazonS3 _s3 = Substitute.For<IAmazonS3>();
    private readonly ConcurrentDictionary<string, (PutObjectRequest Request, string[] Lines)> _put = new();
    private Func<string, Exception?> _fails = _ => null;

    public ArchiveWriterTests() =>
        _s3.PutObjectAsync(Arg.Any<PutObjectRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            call.Arg<CancellationToken>().ThrowIfCancellationRequested();
            var request = call.Arg<PutObjectRequest>();
            if (_fails(request.Key) is { } exception)
            {
                throw exception;
            }

            _put[request.Key] = (request, Archived.Lines(request.InputStream));
            return new PutObjectResponse();
        });

    [Fact]
    public async Task EachObjectIsPutOnceWithItsTypeAndNoEncoding()
    {
        using var fold = Fold();
        var outcome = await new ArchiveWriter(_s3, "bucket").WriteAsync(fold, CancellationToken.None);

        Assert.Equal(new ArchiveOutcome(CommitResult.Complete, fold.Totals), outcome);
        Assert.Equal(fold.Objects.Select(archiveObject => archiveObject.Key).Order(), _put.Keys.Order());
        Assert.All(_put.Values, put =>
        {
            Assert.Equal("bucket", put.Request.BucketName);
            Assert.Equal("application/x-ndjson", put.Request.ContentType);
            Assert.Null(put.Request.Headers.ContentEncoding);
        });
        Assert.Equal(4, _put.Values.Sum(put => put.Lines.Length));
    }

    [Fact]
    public async Task AnObjectThatCannotBePutReportsItsFirstRecordAndTheOthersArePut()
    {
        using var fold = Fold();
        var failure = new AmazonS3Exception("no");
        _fails = key => key.StartsWith("quarantine/", StringComparison.Ordinal) ? failure : null;

        var outcome = await new ArchiveWriter(_s3, "bucket").WriteAsync(fold, CancellationToken.None);

        Assert.Equal(CommitResult.FailedFrom(SequenceNumber.Parse(Some.Sequence(2)), failure), outcome.Result);
        Assert.Equal(new ArchiveTotals(1, 0, 0), outcome.Done);
        Assert.Equal(2, _put.Count);
    }

    [Fact]
    public async Task OfSeveralFailuresTheLowestRecordIsReported()
    {
        using var fold = Fold();
        _fails = _ => new AmazonS3Exception("no");

        var outcome = await new ArchiveWriter(_s3, "bucket").WriteAsync(fold, CancellationToken.None);

        Assert.Equal(SequenceNumber.Parse(Some.Sequence(1)), outcome.Result.Lowest);
        Assert.Equal(default, outcome.Done);
    }

    [Fact]
    public async Task RecordsNotPutAtTheDeadlineAreReported()
    {
        using var fold = Fold();
        var outcome = await new ArchiveWriter(_s3, "bucket").WriteAsync(fold, new CancellationToken(canceled: true));

        Assert.Equal(SequenceNumber.Parse(Some.Sequence(1)), outcome.Result.Lowest);
        Assert.Empty(_put);
    }

    private static ArchiveFold Fold() => Some.Folded(
        new ArchiveFold(Some.BatchInfo, EventTimeBounds.Default),
        Some.Record(1),
        Some.Record(2, "?"),
        Some.Record(3, arrival: Some.Arrival.AddHours(1)),
        Some.Record(4));
}
