using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Shared.Archive;

/// <summary>An archive in S3.</summary>
/// <param name="client">The S3 client.</param>
/// <param name="bucket">The archive's bucket.</param>
internal sealed class BucketArchiveStore(IAmazonS3 client, string bucket) : IArchiveStore
{
    /// <summary>Maximum number of objects that S3 deletes per request.</summary>
    private const int MaxDeletes = 1_000;

    public string Title => $"the bucket {bucket}";

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => ObjectListing.KeysAsync(
        (page, token) => CallAsync("be listed", () => client.ListObjectsV2Async(page, token)), bucket, prefix, cancellationToken);

    public Task<bool> GetAsync(string key, string file, CancellationToken cancellationToken) => CallAsync("be read", async () =>
    {
        try
        {
            using var response = await client.GetObjectAsync(bucket, key, cancellationToken);
            await using var content = File.Create(file);
            await response.ResponseStream.CopyToAsync(content, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    });

    public Task PutAsync(string key, string file, CancellationToken cancellationToken) =>
        CallAsync("be written", () => client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, FilePath = file }, cancellationToken));

    public async Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        foreach (var chunk in keys.Chunk(MaxDeletes))
        {
            var request = new DeleteObjectsRequest { BucketName = bucket, Objects = [.. chunk.Select(key => new KeyVersion { Key = key })] };
            await CallAsync("be removed from", () => client.DeleteObjectsAsync(request, cancellationToken));
        }
    }

    private async Task<T> CallAsync<T>(string what, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException e)
        {
            throw new UserException($"{Title} cannot {what}: {e.Message} Attach the template's OperatorPolicy, which allows it, or use other credentials.", e);
        }
        catch (AmazonClientException e)
        {
            throw new UserException($"{Title} cannot {what}: {e.Message} Set AWS_REGION and credentials, for example with AWS_PROFILE.", e);
        }
    }
}
