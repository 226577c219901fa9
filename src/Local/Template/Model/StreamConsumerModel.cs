namespace Analytics.Local.Template.Model;

/// <summary>
/// A consumer with enhanced fan-out. It is not created: a mapping reads its stream with GetRecords, and deaggregates KPL records as Lambda
/// does for a consumer.
/// </summary>
/// <param name="LogicalId">The logical ID in the template.</param>
/// <param name="Name">Its name.</param>
/// <param name="StreamArn">The stream that it reads.</param>
internal sealed record StreamConsumerModel(string LogicalId, string Name, string StreamArn) : ResourceModel(LogicalId)
{
    private const string Separator = "/consumer/";

    /// <summary>The consumer's ARN, which ends in the second of its creation on AWS.</summary>
    public string Arn => $"{StreamArn}{Separator}{Name}:1";

    /// <summary>Whether an event source is a consumer, not a stream.</summary>
    public static bool IsConsumer(string eventSourceArn) => eventSourceArn.Contains(Separator, StringComparison.Ordinal);

    /// <summary>The stream of an event source, be it a stream or a consumer.</summary>
    public static string StreamOf(string eventSourceArn) => eventSourceArn.Split(Separator)[0];
}
