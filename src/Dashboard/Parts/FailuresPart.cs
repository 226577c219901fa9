using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;
using Analytics.Local.Mapping;

namespace Analytics.Dashboard.Parts;

/// <summary>The batches that exhausted their retries, as far as they are told, and how many the failures queue holds.</summary>
/// <param name="feed">Takes those that are told, as <see cref="Describe"/> makes them.</param>
/// <param name="sqs">The queue's service.</param>
/// <param name="queueUrl">The failures queue, or null when there is none.</param>
/// <param name="period">The time between two looks at the queue.</param>
internal sealed class FailuresPart(Feed feed, IAmazonSQS sqs, string? queueUrl, TimeSpan period) : IDashboardPart
{
    /// <summary>What the keys of the feed's entries begin with.</summary>
    public const string FeedName = "failure";

    /// <inheritdoc/>
    public string Name => "Failed batches";

    /// <inheritdoc/>
    public TimeSpan Period => period;

    /// <inheritdoc/>
    public bool Owns(string key) => feed.Owns(key);

    /// <summary>The entry for a failure record.</summary>
    public static FeedItem Describe(FailureRecord failure)
    {
        var batch = failure.KinesisBatchInfo;
        var function = failure.FunctionArn[(failure.FunctionArn.LastIndexOf(':') + 1)..];
        var fields = new List<FieldEntry>
        {
            new("reason", failure.Condition),
            new("attempts", failure.ApproximateInvokeCount.ToString(CultureInfo.InvariantCulture)),
            new("answer", failure.ResponseContext is not { } response ? "never invoked" : response.FunctionError ?? "reported as failed"),
            new("shard", batch.ShardId, IsDetail: true),
        };
        if (batch.Range is { } range)
        {
            fields.Insert(0, new("records", range.BatchSize.ToString(CultureInfo.InvariantCulture)));
            fields.Add(new("first", range.StartSequenceNumber, IsDetail: true));
            fields.Add(new("last", range.EndSequenceNumber, IsDetail: true));
        }

        return new FeedItem(failure.Timestamp, function, fields);
    }

    /// <inheritdoc/>
    public async Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken)
    {
        if (queueUrl is null)
        {
            return feed.Read();
        }

        var answer = await sqs.GetQueueAttributesAsync(
            new GetQueueAttributesRequest { QueueUrl = queueUrl, AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] },
            cancellationToken);
        var held = answer.Attributes?.Values.Sum(value => long.Parse(value, CultureInfo.InvariantCulture)) ?? 0;
        return feed.Read($"{held.ToString("N0", CultureInfo.InvariantCulture)} in the queue");
    }
}
