using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Analytics.Cli.Targets;

/// <summary>Reads all objects of a bucket.</summary>
internal static class BucketScan
{
    /// <summary>The objects' keys and contents, in the order of their keys; one is held at a time.</summary>
    public static async IAsyncEnumerable<(string Key, byte[] Content)> ReadAsync(
        IAmazonS3 client, string bucket, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, ContinuationToken = next }, cancellationToken);
            foreach (var key in (page.S3Objects ?? []).Select(found => found.Key))
            {
                using var response = await client.GetObjectAsync(bucket, key, cancellationToken);
                using var content = new MemoryStream();
                await response.ResponseStream.CopyToAsync(content, cancellationToken);
                yield return (key, content.ToArray());
            }

            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }
}
