using Amazon.DynamoDBv2.Model;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Results;

/// <summary>A batch as the items to write, each key once, and what each event adds to the metrics. Malformed records have no item.</summary>
internal sealed class ResultsFold(ResultItem resultItem) : IBatchFold
{
    private readonly Dictionary<(string EventId, string Timestamp), int> _indices = [];
    private readonly List<Dictionary<string, AttributeValue>> _items = [];
    private readonly List<SequenceNumber> _itemSequenceNumbers = [];
    private readonly List<ResultMetric> _metrics = [];

    /// <summary>The items. Of events with one key the last one stands.</summary>
    public IReadOnlyList<Dictionary<string, AttributeValue>> Items => _items;

    /// <inheritdoc/>
    public void Add(in StreamRecord record, in UserRecord user)
    {
        if (!user.IsEvent)
        {
            return;
        }

        ref readonly var @event = ref user.Event;
        var item = resultItem.Of(record, user);
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

    /// <summary>The lowest sequence number of some items.</summary>
    public SequenceNumber LowestOf(IReadOnlyList<int> items) => items.Select(index => _itemSequenceNumbers[index]).Min();

    /// <summary>What the events before a sequence number, or all of them, come to.</summary>
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

/// <summary>What a batch comes to, for the metrics.</summary>
/// <param name="Events">How many events of each type and type of device, both from lists.</param>
/// <param name="PurchaseAmount">The sum of the purchases' amounts, or null when there was no purchase with one.</param>
internal sealed record ResultTotals(IReadOnlyDictionary<(string EventType, string DeviceType), long> Events, decimal? PurchaseAmount);
