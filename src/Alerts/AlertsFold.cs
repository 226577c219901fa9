using System.Globalization;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Alerts;

/// <summary>A batch as the alerts that its events give rise to.</summary>
internal sealed class AlertsFold(BatchInfo batch, IReadOnlyList<AlertDefinition> definitions, EventTimeBounds bounds) : IBatchFold
{
    private readonly List<Alert> _alerts = [];

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
            if (definition.Pattern.Matches(@event))
            {
                var time = bounds.Resolve(@event, record.ArrivalTime);
                _alerts.Add(new Alert(
                    definition.Name,
                    ClaimKeyOf(definition.Name, record, user.SubSequenceNumber),
                    record.SequenceNumber,
                    definition.Subject,
                    AlertMessage.Of(definition, record, user, time)));
            }
        }
    }

    private static string ClaimKeyOf(string rule, in StreamRecord record, int subSequenceNumber)
    {
        var key = $"claim|{rule}|{record.ShardId}|{record.SequenceNumber}";
        return subSequenceNumber == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}|{subSequenceNumber}");
    }
}
