using System.Runtime.CompilerServices;
using Amazon.S3.Model;

namespace Analytics.Cli.Shared.Targets;

/// <summary>Lists a bucket's objects, page by page.</summary>
internal static class ObjectListing
{
    /// <summary>Lists the keys with a prefix in order.</summary>
    /// <param name="list">Requests a page.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">The prefix, or null for all keys.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async IAsyncEnumerable<string> KeysAsync(
        Func<ListObjectsV2Request, CancellationToken, Task<ListObjectsV2Response>> list,
        string bucket,
        string? prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await list(new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, ContinuationToken = next }, cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                yield return found.Key;
            }

            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }
}
