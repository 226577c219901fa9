using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Lambda;
using Amazon.S3;
using Amazon.SQS;
using Analytics.Alerting.Reading;
using Analytics.Counting;
using Analytics.Dashboard.Counters;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.Parts;
using Analytics.Events.Definitions;

namespace Analytics.Dashboard;

/// <summary>A stack on AWS and its clients, which their owner disposes of.</summary>
/// <param name="Name">The stack's name.</param>
/// <param name="FindResource">Returns a resource's physical ID, given its logical ID, or null.</param>
/// <param name="Functions">The functions' names by logical ID.</param>
/// <param name="Kinesis">The client for the stream.</param>
/// <param name="DynamoDb">The client for the counters.</param>
/// <param name="S3">The client for the quarantine.</param>
/// <param name="Sqs">The client for the failures queue.</param>
/// <param name="Lambda">The client for the functions.</param>
internal sealed record StackTarget(
    string Name,
    Func<string, string?> FindResource,
    IReadOnlyDictionary<string, string> Functions,
    IAmazonKinesis Kinesis,
    IAmazonDynamoDB DynamoDb,
    IAmazonS3 S3,
    IAmazonSQS Sqs,
    IAmazonLambda Lambda);

/// <summary>Creates the live page of a stack on AWS. It is read-only: no call changes anything.</summary>
internal static class StackDashboard
{
    /// <summary>Short enough for two reads per minute, and a small part of a table's or bucket's capacity.</summary>
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);

    /// <summary>Expected ranges change once a minute.</summary>
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(20);

    private static readonly string[] NotShown =
    [
        "Rates, iterator age, retries and invocations are in CloudWatch: open the stack's dashboard there.",
        "Alerts go to the topic's subscribers; a page cannot read them without a subscription of its own.",
        "The functions' logs are in CloudWatch Logs.",
        "Failed batches are counted only; `analytics failures list` shows them.",
    ];

    /// <summary>Creates the options for <see cref="DashboardServer.StartAsync(DashboardOptions, CancellationToken)"/>.</summary>
    public static DashboardOptions Create(StackTarget stack, DashboardResources names, Definitions definitions, TimeProvider clock)
    {
        List<IDashboardPart> parts =
        [
            new InfoPart(new InfoEntry(stack.Name, IsLocal: false, stack.Kinesis.Config.RegionEndpoint?.SystemName ?? "", clock.GetUtcNow(), NotShown)),
            new StackFlowPart(stack, names),
        ];
        if (stack.FindResource(names.FailuresQueue) is { } queue)
        {
            parts.Add(new FailuresPart(new Feed(FailuresPart.FeedName), stack.Sqs, queue, Often));
        }

        if (stack.FindResource(names.ArchiveBucket) is { } bucket)
        {
            parts.Add(new QuarantinePart(stack.S3, bucket, EachTime(), Often, clock));
        }

        if (stack.FindResource(names.CountersTable) is { } table)
        {
            parts.Add(new CountersPart(definitions, new TableCounterSource(new CounterReader(stack.DynamoDb, table)), EachTime(), Often, clock));
            var expected = new ExpectedRangeReader(stack.DynamoDb, table, clock);
            parts.Add(new ExpectedPart(definitions, (rules, token) => expected.ReadAsync(rules, clock.GetUtcNow(), token), Seldom));
        }

        return new DashboardOptions { Folder = AppContext.BaseDirectory, Parts = parts, Clients = [], Clock = clock };
    }

    /// <summary>On AWS there is no signal for new data.</summary>
    private static Func<long> EachTime()
    {
        var reading = 0L;
        return () => reading++;
    }
}
