using System.Runtime.CompilerServices;
using Amazon.S3;

namespace Analytics.Cli.Shared.Targets;

/// <summary>Reads all objects of a bucket.</summary>
internal static class BucketScan
{
    /// <summary>Reads the objects in the order of their keys, one at a time.</summary>
    public static async IAsyncEnumerable<(string Key, byte[] Content)> ReadAsync(
        IAmazonS3 client, string bucket, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in ObjectListing.KeysAsync(client.ListObjectsV2Async, bucket, prefix: null, cancellationToken))
        {
            using var response = await client.GetObjectAsync(bucket, key, cancellationToken);
            using var content = new MemoryStream();
            await response.ResponseStream.CopyToAsync(content, cancellationToken);
            yield return (key, content.ToArray());
        }
    }
}
