using System.Runtime.CompilerServices;
using Amazon.Kinesis.Model;
using Analytics.Archiving;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Replay;

/// <summary>Reads the records that arrived in a time range, from the stream or the archive.</summary>
/// <param name="pipeline">The pipeline.</param>
internal sealed class PastRecords(Pipeline pipeline)
{
    private readonly string _streamName = pipeline.Resource(ResourceNames.Stream);

    /// <summary>Returns the stream's ARN, and the time from which it retains all records.</summary>
    public async Task<(string Arn, DateTimeOffset HasFrom)> DescribeStreamAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var summary = (await pipeline.Kinesis.DescribeStreamSummaryAsync(
            new DescribeStreamSummaryRequest { StreamName = _streamName }, cancellationToken)).StreamDescriptionSummary;
        return (summary.StreamARN, now - TimeSpan.FromHours(summary.RetentionPeriodHours ?? 24));
    }

    /// <summary>Reads the records from the stream, shard by shard, parents before children.</summary>
    public async IAsyncEnumerable<PastRecord> FromStreamAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = new StreamRecords(pipeline.Kinesis, _streamName);
        foreach (var shardId in await StreamScan.ShardsAsync(pipeline.Kinesis, _streamName, cancellationToken))
        {
            await foreach (var record in records.ReadAsync(shardId, from, to, cancellationToken))
            {
                yield return record;
            }
        }
    }

    /// <summary>Reads the records from the archive, hour by hour.</summary>
    /// <exception cref="ArchiveIncompleteException">The archive no longer has all of them.</exception>
    public async IAsyncEnumerable<PastRecord> FromArchiveAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var archive = new ArchiveReader(pipeline.S3, pipeline.Resource(ResourceNames.ArchiveBucket));
        var selection = new ArchiveSelection(from, to);
        await archive.RequireOriginalsAsync(selection, cancellationToken);
        await foreach (var record in ArchivedRecords.ReadAsync(archive.ReadAsync(selection, cancellationToken), cancellationToken))
        {
            yield return record;
        }
    }
}
