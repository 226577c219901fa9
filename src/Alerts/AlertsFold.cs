using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Alerts;

/// <summary>A batch as the alerts that its events give rise to.</summary>
internal sealed class AlertsFold(BatchInfo batch, IReadOnlyList<AlertDefinition> definitions, EventTimeBounds bounds) : IBatchFold
{
    private readonly List<Alert> _alerts = [];
    private readonly HashSet<string> _claimKeys = new(StringComparer.Ordinal);

    /// <summary>The batch's facts.</summary>
    public BatchInfo Batch => batch;

    /// <summary>The alerts, in the order of the records.</summary>
    public IReadOnlyList<Alert> Alerts => _alerts;

    /// <inheritdoc/>
    public void Add(in StreamRecord record, in UserRecord user)
    {
        if (!user.IsEvent)
        {
            return;
        }

        ref readonly var @event = ref user.Event;
        foreach (var definition in definitions)
        {
            if (!definition.Pattern.Matches(@event))
            {
                continue;
            }

            // Only a batch that holds a record twice has a claim twice, which DynamoDB would refuse in one request.
            var claimKey = $"claim|{definition.Name}|{RecordIdentity.Of(record, user)}";
            if (_claimKeys.Add(claimKey))
            {
                var time = bounds.Resolve(@event, record.ArrivalTime);
                _alerts.Add(new Alert(
                    definition.Name, claimKey, record.SequenceNumber, definition.Subject, AlertMessage.Of(definition, record, user, time)));
            }
        }
    }
}
