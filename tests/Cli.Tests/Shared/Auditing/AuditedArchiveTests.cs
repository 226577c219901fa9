using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Auditing;
using Analytics.Cli.Tests.Shared.Archive;
using Analytics.Counting.Auditing;
using NSubstitute;

namespace Analytics.Cli.Tests.Shared.Auditing;

public sealed class AuditedArchiveTests
{
    private const string Shard = "shardId-000000000000";
    private static readonly DateTimeOffset From = new(SampleArchive.Day);

    private readonly Dictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    [Fact]
    public async Task RecordsOfAnObjectThatExistsUnderTwoHoursAreReadOnce()
    {
        var lines = Enumerable.Range(1, 5).Select(number => SampleArchive.Event(number, $$"""{"n":{{number}}}""")).ToArray();
        foreach (var hour in (int[])[3, 12, 13])
        {
            _objects.Add(SampleArchive.CreateKey("events", hour, lines), SampleArchive.CreateObject(lines));
        }

        // One that overlaps it, of a batch that was delivered again in another grouping.
        var regrouped = lines[3..].Append(SampleArchive.Event(6, """{"n":6}""")).ToArray();
        _objects.Add(SampleArchive.CreateKey("events", 14, regrouped), SampleArchive.CreateObject(regrouped));

        var archive = new AuditedArchive(new ArchiveReader(CreateS3(), "bucket"));
        Assert.Equal([Shard], await archive.GetShardsAsync(From, From.AddDays(1), CancellationToken.None));
        var read = new List<ArchivedUserRecord>();
        await foreach (var record in archive.ReadAsync(Shard, CancellationToken.None))
        {
            read.Add(record);
        }

        Assert.Equal(["1", "2", "3", "4", "5", "6"], read.Select(record => record.SequenceNumber.ToString()));
    }

    private IAmazonS3 CreateS3()
    {
        var s3 = Substitute.For<IAmazonS3>();
        s3.ListObjectsV2Async(Arg.Any<ListObjectsV2Request>(), Arg.Any<CancellationToken>()).Returns(call => new ListObjectsV2Response
        {
            S3Objects = [.. _objects.Keys.Where(key => key.StartsWith(call.Arg<ListObjectsV2Request>().Prefix, StringComparison.Ordinal)).Select(key => new S3Object { Key = key })],
        });
        s3.GetObjectAsync("bucket", Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(call =>
            _objects.TryGetValue(call.ArgAt<string>(1), out var content)
                ? new GetObjectResponse { ResponseStream = new MemoryStream(content) }
                : throw new AmazonS3Exception("none") { StatusCode = HttpStatusCode.NotFound });
        return s3;
    }
}
