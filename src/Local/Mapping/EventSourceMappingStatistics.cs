namespace Analytics.Local.Mapping;

/// <summary>
/// What a mapping has done since it started. The event counts are Lambda's own metrics of an event source mapping
/// (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics);
/// DeletedEventCount is one of SQS mappings only.
/// </summary>
public sealed record EventSourceMappingStatistics
{
    /// <summary>Invocations of the function, without those that were throttled.</summary>
    public long Invocations { get; init; }

    /// <summary>Invocations that threw or timed out.</summary>
    public long Errors { get; init; }

    /// <summary>Invocations that were throttled.</summary>
    public long Throttles { get; init; }

    /// <summary>Records that the function has processed: each once, however often it came.</summary>
    public long Records { get; init; }

    /// <summary>Final invocations of tumbling windows that went well.</summary>
    public long WindowsClosed { get; init; }

    /// <summary>How old the last record of the latest invocation was when it was invoked; the highest of the shards.</summary>
    public TimeSpan IteratorAge { get; init; }

    /// <summary>The highest iterator age of any invocation.</summary>
    public TimeSpan MaximumIteratorAge { get; init; }

    /// <summary>Records read from the stream.</summary>
    public long PolledEventCount { get; init; }

    /// <summary>Records that no pattern of FilterCriteria matched.</summary>
    public long FilteredOutEventCount { get; init; }

    /// <summary>Records that the function was invoked with; retries count again.</summary>
    public long InvokedEventCount { get; init; }

    /// <summary>Records that the function was invoked with and that it failed to process; retries count again.</summary>
    public long FailedInvokeEventCount { get; init; }

    /// <summary>Records that exhausted their retries or their age and are named nowhere: no on-failure destination, or it refused the failure record.</summary>
    public long DroppedEventCount { get; init; }

    /// <summary>Failure records that the on-failure destination refused.</summary>
    public long DestinationDeliveryFailures { get; init; }

    /// <summary>Records that were given up and are named in a failure record that was delivered.</summary>
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
