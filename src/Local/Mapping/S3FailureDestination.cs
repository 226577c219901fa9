using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Analytics.Local.Mapping;

/// <summary>Puts failure records with the invocation event to a bucket.</summary>
internal sealed class S3FailureDestination(IAmazonS3 s3, string bucket, string mappingUuid, TimeProvider clock, Func<Guid> newId) : IFailureDestination
{
    public bool TakesPayload => true;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, MaxKeys = 1 }, cancellationToken);
        }
        catch (AmazonServiceException e)
        {
            throw new EventSourceMappingException($"The on-failure destination bucket {bucket} cannot be used: {e.Message}", e);
        }
    }

    public async Task SendAsync(FailureRecord failure, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(failure.ToJson(payload));
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = CreateKey(mappingUuid, failure.KinesisBatchInfo.ShardId, clock.GetUtcNow(), newId()),
            InputStream = body,
            ContentType = "application/json",
        };
        await s3.PutObjectAsync(request, cancellationToken);
    }

    internal static string CreateKey(string mappingUuid, string shardId, DateTimeOffset time, Guid id)
    {
        var day = time.UtcDateTime.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture);
        var moment = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH.mm.ss", CultureInfo.InvariantCulture);
        return $"aws/lambda/{mappingUuid}/{shardId}/{day}/{moment}-{id}";
    }
}
