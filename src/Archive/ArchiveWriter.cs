using Amazon.S3;
using Amazon.S3.Model;
using Analytics.Streaming;

namespace Analytics.Archive;

/// <summary>Puts a batch's objects into the bucket, several at a time.</summary>
internal sealed class ArchiveWriter(IAmazonS3 s3, string bucket)
{
    private const int MaxParallelPuts = 8;

    /// <summary>Puts the objects. An object that could not be put reports its first record.</summary>
    public async Task<ArchiveOutcome> WriteAsync(ArchiveFold fold, CancellationToken cancellationToken)
    {
        var gate = new Lock();
        (ArchiveObject Object, Exception Cause)? failed = null;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelPuts };
        await Parallel.ForEachAsync(fold.Objects, parallel, async (archiveObject, _) =>
        {
            try
            {
                await PutAsync(archiveObject, cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever went wrong with one object, the others are still to be put and this one's records come again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                lock (gate)
                {
                    if (failed is null || archiveObject.First < failed.Value.Object.First)
                    {
                        failed = (archiveObject, exception);
                    }
                }
            }
        }).ConfigureAwait(false);

        return failed is var (first, cause)
            ? new ArchiveOutcome(CommitResult.FailedFrom(first.First, cause), first.TotalsBefore)
            : new ArchiveOutcome(CommitResult.Complete, fold.Totals);
    }

    /// <summary>
    /// No content encoding: clients that undo it unasked would hand on an object that is not what its name says. The name ends in .gz, by
    /// which Athena and the like go.
    /// </summary>
    private Task<PutObjectResponse> PutAsync(ArchiveObject archiveObject, CancellationToken cancellationToken)
    {
        var content = archiveObject.Content();
        return s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = archiveObject.Key,
                ContentType = "application/x-ndjson",
                InputStream = content,
                AutoCloseStream = false,
            },
            cancellationToken);
    }
}

/// <summary>What became of a batch's objects, and what the records that are done came to.</summary>
internal readonly record struct ArchiveOutcome(CommitResult Result, ArchiveTotals Done);
