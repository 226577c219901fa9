using Amazon.S3;
using Amazon.S3.Model;
using Analytics.Streaming;

namespace Analytics.Archive;

/// <summary>Puts a batch's objects to the bucket, several at a time.</summary>
internal sealed class ArchiveWriter(IAmazonS3 s3, string bucket)
{
    private const int MaxParallelPuts = 8;

    /// <summary>Puts the objects. For an object that could not be put, its first record is reported.</summary>
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
#pragma warning disable CA1031 // If one object fails, the others are still put, and the records of this one are redelivered.
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
    /// No content encoding: clients that decode it automatically would return an object that does not match its name. The name ends in .gz, which
    /// Athena and similar services rely on.
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

/// <summary>The result of writing a batch's objects, and the totals of the committed records.</summary>
internal readonly record struct ArchiveOutcome(CommitResult Result, ArchiveTotals Done);
