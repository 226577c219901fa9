using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;
using Analytics.Local.Mapping;

namespace Analytics.Dashboard.Parts;

/// <summary>The observed batches that exhausted their retries, and the number of messages in the failures queue.</summary>
/// <param name="feed">The feed of observed batches, created with <see cref="Describe"/>.</param>
/// <param name="sqs">The SQS client.</param>
/// <param name="queueUrl">The failures queue, or null if there is none.</param>
/// <param name="period">The time between two reads of the queue.</param>
internal sealed class FailuresPart(Feed feed, IAmazonSQS sqs, string? queueUrl, TimeSpan period) : IDashboardPart
{
    /// <summary>The prefix of the keys of the feed's entries.</summary>
    public const string FeedName = "failure";

    /// <inheritdoc/>
    public string Name => "Failed batches";

    /// <inheritdoc/>
    public TimeSpan Period => period;

    /// <inheritdoc/>
    public bool Owns(string key) => feed.Owns(key);

    /// <summary>Creates the entry for a failure record.</summary>
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
