using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Reading.Benchmarks;

/// <summary>Sums the events' amounts: a minimal function.</summary>
internal sealed class AmountsFold : IBatchFold
{
    public decimal Sum { get; private set; }

    public void Add(in StreamRecord record, in UserRecord user) =>
        Sum += user.IsEvent && user.Event.TryGetNumber(EventField.Amount, out var amount)
            ? amount
            : throw new InvalidOperationException("The event cannot be read.");
}
