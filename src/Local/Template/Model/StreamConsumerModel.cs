using Analytics.Streaming;

namespace Analytics.Local.Template.Model;

/// <summary>
/// A consumer with enhanced fan-out. It is not created: a mapping reads its stream with GetRecords, and deaggregates KPL records as Lambda
/// does for a consumer.
/// </summary>
/// <param name="LogicalId">The logical ID in the template.</param>
/// <param name="Name">The name.</param>
/// <param name="StreamArn">The stream that it reads.</param>
internal sealed record StreamConsumerModel(string LogicalId, string Name, string StreamArn) : ResourceModel(LogicalId)
{
    /// <summary>The consumer's ARN, which ends in the second of its creation on AWS.</summary>
    public string Arn => EventSourceArn.CreateConsumer(StreamArn, Name, createdAt: 1);
}
