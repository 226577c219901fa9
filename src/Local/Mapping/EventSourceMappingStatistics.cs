namespace Analytics.Local.Mapping;

/// <summary>
/// The statistics of a mapping since its start. The event counts are Lambda's metrics of an event source mapping
/// (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics);
/// DeletedEventCount exists only for SQS mappings.
/// </summary>
public sealed record EventSourceMappingStatistics
{
    /// <summary>Number of invocations, without throttled ones.</summary>
    public long Invocations { get; init; }

    /// <summary>Number of invocations that threw or timed out.</summary>
    public long Errors { get; init; }

    /// <summary>Number of throttled invocations.</summary>
    public long Throttles { get; init; }

    /// <summary>Number of processed records, each counted once.</summary>
    public long Records { get; init; }

    /// <summary>Number of successful final invocations of tumbling windows.</summary>
    public long WindowsClosed { get; init; }

    /// <summary>The age of the last record at the latest invocation; the maximum over the shards.</summary>
    public TimeSpan IteratorAge { get; init; }

    /// <summary>The maximum iterator age of all invocations.</summary>
    public TimeSpan MaximumIteratorAge { get; init; }

    /// <summary>Number of records read from the stream.</summary>
    public long PolledEventCount { get; init; }

    /// <summary>Number of records that matched no pattern of FilterCriteria.</summary>
    public long FilteredOutEventCount { get; init; }

    /// <summary>Number of records that the function was invoked with, including retries.</summary>
    public long InvokedEventCount { get; init; }

    /// <summary>Number of records that the function failed to process, including retries.</summary>
    public long FailedInvokeEventCount { get; init; }

    /// <summary>Number of records that exceeded their retries or age without a delivered failure record: there is no on-failure destination, or it rejected the failure record.</summary>
    public long DroppedEventCount { get; init; }

    /// <summary>Number of failure records that the on-failure destination rejected.</summary>
    public long DestinationDeliveryFailures { get; init; }

    /// <summary>Number of records that exceeded their retries or age and were reported in a delivered failure record.</summary>
    public long OnFailureDestinationDeliveredEventCount { get; init; }

    internal EventSourceMappingStatistics Plus(EventSourceMappingStatistics other) => new()
    {
        Invocations = Invocations + other.Invocations,
        Errors = Errors + other.Errors,
        Throttles = Throttles + other.Throttles,
        Records = Records + other.Records,
        WindowsClosed = WindowsClosed + other.WindowsClosed,
        IteratorAge = Max(IteratorAge, other.IteratorAge),
        MaximumIteratorAge = Max(MaximumIteratorAge, other.MaximumIteratorAge),
        PolledEventCount = PolledEventCount + other.PolledEventCount,
        FilteredOutEventCount = FilteredOutEventCount + other.FilteredOutEventCount,
        InvokedEventCount = InvokedEventCount + other.InvokedEventCount,
        FailedInvokeEventCount = FailedInvokeEventCount + other.FailedInvokeEventCount,
        DroppedEventCount = DroppedEventCount + other.DroppedEventCount,
        DestinationDeliveryFailures = DestinationDeliveryFailures + other.DestinationDeliveryFailures,
        OnFailureDestinationDeliveredEventCount = OnFailureDestinationDeliveredEventCount + other.OnFailureDestinationDeliveredEventCount,
    };

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
