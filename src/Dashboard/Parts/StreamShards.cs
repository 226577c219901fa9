using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Analytics.Dashboard.Parts;

/// <summary>Lists the shards of a stream.</summary>
internal static class StreamShards
{
    /// <summary>The shards that the stream has, closed ones too.</summary>
    public static async Task<List<Shard>> ListAsync(IAmazonKinesis kinesis, string streamName, CancellationToken cancellationToken)
    {
        var shards = new List<Shard>();
        string? next = null;
        do
        {
            // A page after the first is named by its token alone.
            var page = await kinesis.ListShardsAsync(
                next is null ? new ListShardsRequest { StreamName = streamName } : new ListShardsRequest { NextToken = next }, cancellationToken);
            shards.AddRange(page.Shards);
            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));
        return shards;
    }
}
