using System.Text;
using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

/// <summary>Test data.</summary>
internal static class Some
{
    public const string ShardId = "shardId-000000000000";

    /// <summary>A time at which tumbling windows of every length that divides an hour start.</summary>
    public static readonly DateTimeOffset Time = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static EventSourceMappingConfiguration Configuration => new()
    {
        Uuid = "6d9bce8e-836b-442c-8070-74e77903c815",
        FunctionName = "counters",
        FunctionArn = "arn:aws:lambda:eu-west-1:123456789012:function:counters",
        StreamName = "events",
        StreamArn = "arn:aws:kinesis:eu-west-1:123456789012:stream/events",
        Region = "eu-west-1",
        StartingPosition = StartingPosition.TrimHorizon,
        OnFailureDestinationArn = "arn:aws:sqs:eu-west-1:123456789012:failures",
    };

    public static ShardRecord Record(int number, string partitionKey = "key", DateTimeOffset? arrival = null, byte[]? data = null) =>
        new(number.ToString(System.Globalization.CultureInfo.InvariantCulture), partitionKey, data ?? [(byte)number], arrival ?? Time);

    public static ShardRecord[] Records(int count) => [.. Enumerable.Range(1, count).Select(number => Record(number))];

    public static InvocationOutcome Answer(string json) => InvocationOutcome.Returned(Encoding.UTF8.GetBytes(json));

    public static InvocationOutcome Success => Answer("");

    public static InvocationOutcome Thrown => InvocationOutcome.FunctionError("""{"errorType":"Error","errorMessage":"no"}"""u8.ToArray());

    /// <summary>A partial batch response with sequence numbers.</summary>
    public static InvocationOutcome Failing(params string[] sequenceNumbers) => Answer(
        $$"""{"batchItemFailures":[{{string.Join(',', sequenceNumbers.Select(number => $$"""{"itemIdentifier":"{{number}}"}"""))}}]}""");
}
