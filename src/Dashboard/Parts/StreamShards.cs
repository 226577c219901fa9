using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Analytics.Dashboard.Parts;

/// <summary>Lists the shards of a stream.</summary>
internal static class StreamShards
{
    /// <summary>Lists the shards of the stream, including closed ones.</summary>
    public static async Task<List<Shard>> ListAsync(IAmazonKinesis kinesis, string streamName, CancellationToken cancellationToken)
    {
        var shards = new List<Shard>();
        string? next = null;
        do
        {
            // Pages after the first are requested by token only.
            var page = await kinesis.ListShardsAsync(
                next is null ? new ListShardsRequest { StreamName = streamName } : new ListShardsRequest { NextToken = next }, cancellationToken);
            shards.AddRange(page.Shards);
            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));
        return shards;
    }
}
