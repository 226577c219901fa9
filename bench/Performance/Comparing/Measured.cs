namespace Analytics.Performance.Comparing;

/// <summary>The measurements of a function of a design with batches of one size.</summary>
/// <param name="Function">The function.</param>
/// <param name="Design">The design.</param>
/// <param name="Records">Records per batch.</param>
/// <param name="DelayMilliseconds">The delay added to each call.</param>
/// <param name="Runs">Number of batches.</param>
/// <param name="Wall">Median time from the event to the response.</param>
/// <param name="Processor">Average processor time per batch.</param>
/// <param name="PeakMegabytes">Peak resident memory.</param>
/// <param name="Calls">Calls per batch by operation.</param>
/// <param name="WriteUnits">DynamoDB write units per batch.</param>
/// <param name="ReadUnits">DynamoDB read units per batch.</param>
/// <param name="SentKilobytes">Kilobytes sent per batch, each call's rounded up.</param>
/// <param name="LogBytes">Bytes logged per batch.</param>
internal sealed record Measured(
    string Function,
    string Design,
    int Records,
    int DelayMilliseconds,
    int Runs,
    TimeSpan Wall,
    TimeSpan Processor,
    double PeakMegabytes,
    IReadOnlyDictionary<string, decimal> Calls,
    decimal WriteUnits,
    decimal ReadUnits,
    decimal SentKilobytes,
    decimal LogBytes)
{
    /// <summary>Calls per batch.</summary>
    public decimal AllCalls => Calls.Values.Sum();
}

/// <summary>The start of a function of a design: medians.</summary>
/// <param name="Function">The function.</param>
/// <param name="Design">The design.</param>
/// <param name="ToNext">Time from the start of the process to its first request for an invocation.</param>
/// <param name="ToAnswer">Time from the start of the process to its first response, with its first AWS calls.</param>
/// <param name="Processor">Average processor time until then.</param>
internal sealed record MeasuredStart(string Function, string Design, TimeSpan ToNext, TimeSpan ToAnswer, TimeSpan Processor);
