using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>Selects the amounts that are added to a metric.</summary>
public static class MetricAmounts
{
    /// <summary>
    /// The maximum amount of an event. A higher amount is an error or an attack; with this limit the sum of any batch fits a
    /// <see cref="decimal"/>.
    /// </summary>
    public const decimal Most = 1_000_000_000_000m;

    /// <summary>Gets the event's amount if it is from 0 to <see cref="Most"/>; the CloudWatch client rejects negative values.</summary>
    public static bool TryGet(in Event @event, out decimal amount) =>
        @event.TryGetNumber(EventField.Amount, out amount) && amount is >= 0 and <= Most;
}
