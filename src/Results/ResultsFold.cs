using Amazon.DynamoDBv2.Model;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Results;

/// <summary>Folds a batch to the items to write, each key once, and to the metrics. Malformed records have no item.</summary>
internal sealed class ResultsFold(ResultItem resultItem) : IBatchFold
{
    private readonly Dictionary<(string EventId, string Timestamp), int> _indices = [];
    private readonly List<Dictionary<string, AttributeValue>> _items = [];
    private readonly List<SequenceNumber> _itemSequenceNumbers = [];
    private readonly List<ResultMetric> _metrics = [];

    /// <summary>The items. Of events with the same key the last one is kept.</summary>
    public IReadOnlyList<Dictionary<string, AttributeValue>> Items => _items;

    /// <inheritdoc/>
    public void Add(in StreamRecord record, in UserRecord user)
    {
        if (!user.IsEvent)
        {
            return;
        }

        ref readonly var @event = ref user.Event;
        var item = resultItem.Create(record, user);
        var sequenceNumber = record.SequenceNumber;
        var key = (item[ResultItem.EventId].S, item[ResultItem.Timestamp].N);
        if (_indices.TryGetValue(key, out var index))
        {
            _items[index] = item;
            _itemSequenceNumbers[index] = sequenceNumber;
        }
        else
        {
            _indices.Add(key, _items.Count);
            _items.Add(item);
            _itemSequenceNumbers.Add(sequenceNumber);
        }

        var eventType = MetricDimensions.EventType(@event);
        decimal? purchase = eventType == "purchase" && MetricAmounts.TryGet(@event, out var amount) ? amount : null;
        _metrics.Add(new ResultMetric(sequenceNumber, eventType, MetricDimensions.DeviceType(@event), purchase));
    }

    /// <summary>Returns the lowest sequence number of items.</summary>
    public SequenceNumber GetLowest(IReadOnlyList<int> items) => items.Select(index => _itemSequenceNumbers[index]).Min();

    /// <summary>Returns the totals of the events before a sequence number, or of all events.</summary>
    public ResultTotals TotalsBefore(SequenceNumber? end)
    {
        var events = new Dictionary<(string EventType, string DeviceType), long>();
        decimal? purchases = null;
        foreach (var metric in _metrics.TakeWhile(metric => end is null || metric.SequenceNumber < end))
        {
            var key = (metric.EventType, metric.DeviceType);
            events[key] = events.GetValueOrDefault(key) + 1;
            purchases = metric.PurchaseAmount is { } amount ? (purchases ?? 0) + amount : purchases;
        }

        return new ResultTotals(events, purchases);
    }

    private readonly record struct ResultMetric(SequenceNumber SequenceNumber, string EventType, string DeviceType, decimal? PurchaseAmount);
}

/// <summary>The totals of a batch, for the metrics.</summary>
/// <param name="Events">Number of events by event type and device type, both allow-listed.</param>
/// <param name="PurchaseAmount">The sum of the purchases' amounts, or null if no purchase has one.</param>
internal sealed record ResultTotals(IReadOnlyDictionary<(string EventType, string DeviceType), long> Events, decimal? PurchaseAmount);
