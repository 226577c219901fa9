using Analytics.Alerting.Cooldowns;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Sending;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Alerts;

/// <summary>
/// Folds a batch to the events that match rules. Most matches of a rule with a cooldown are only counted, so the facts of an event are read from its record on demand,
/// by decoding the record again.
/// </summary>
internal sealed class AlertsFold(BatchInfo batch, IReadOnlyList<MatchRule> rules, EventReader reader, EventTimeBounds bounds) : IBatchFold
{
    private readonly List<EventMatch> _matches = [];
    private readonly List<(StreamRecord Record, int SubSequenceNumber)> _records = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private SequenceNumber? _first;
    private SequenceNumber _last;

    /// <summary>The enabled rules of type match.</summary>
    public static IReadOnlyList<MatchRule> RulesIn(Definitions definitions) => [.. definitions.Alerts.OfType<MatchRule>().Where(rule => rule.IsEnabled)];

    /// <summary>The matches in the order of the records.</summary>
    public IReadOnlyList<EventMatch> Matches => _matches;

    /// <summary>Returns the batch for the sender.</summary>
    public EventAlertBatch ToBatch() => new()
    {
        ShardId = batch.ShardId,
        Now = batch.ProcessedAt,
        First = _first ?? default,
        Last = _last,
        HasOpenEdges = batch.IsFromConsumer,
        Matches = _matches,
        Describe = Describe,
    };

    /// <inheritdoc/>
    public void Add(in StreamRecord record, in UserRecord user)
    {
        _last = record.SequenceNumber;
        _first ??= _last;
        if (!user.IsEvent)
        {
            return;
        }

        ref readonly var @event = ref user.Event;
        string? id = null;
        foreach (var rule in rules)
        {
            if (!rule.Pattern.Matches(@event))
            {
                continue;
            }

            if (id is null)
            {
                id = RecordIdentity.Create(record, user).ToString();
                if (!_ids.Add(id))
                {
                    // The batch contains a record twice.
                    return;
                }

                _records.Add((record, user.SubSequenceNumber));
            }

            var key = rule.Cooldown is { } cooldown ? CooldownKey.Create(cooldown, @event) : null;
            _matches.Add(new EventMatch(rule, key, id, _last, record.ArrivalTime, _records.Count - 1));
        }
    }

    private AlertContent Describe(EventMatch match)
    {
        var (record, subSequenceNumber) = _records[match.Index];
        foreach (ref readonly var user in reader.Read(record.Data))
        {
            if (user.SubSequenceNumber == subSequenceNumber)
            {
                return EventFacts.Create(match.Rule, match.Id, record, user, bounds.Resolve(user.Event, record.ArrivalTime));
            }
        }

        throw new InvalidOperationException("The record has changed since it was decoded.");
    }
}
