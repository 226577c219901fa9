using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>Which amounts go into a metric.</summary>
public static class MetricAmounts
{
    /// <summary>
    /// The most that one event adds. Beyond it an amount is a mistake or an attack; below it the sum of any batch fits a
    /// <see cref="decimal"/>.
    /// </summary>
    public const decimal Most = 1_000_000_000_000m;

    /// <summary>The event's amount, when it has one from 0 to <see cref="Most"/>; CloudWatch's client takes no negative value.</summary>
    public static bool TryGet(in Event @event, out decimal amount) =>
        @event.TryGetNumber(EventField.Amount, out amount) && amount is >= 0 and <= Most;
}
