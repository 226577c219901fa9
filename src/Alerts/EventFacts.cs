using Analytics.Alerting.Messages;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Alerts;

/// <summary>Reads the facts of an event that matches a rule.</summary>
internal static class EventFacts
{
    /// <summary>Fields that are numbers by their meaning. Others remain texts, because an identifier of digits is not a quantity.</summary>
    private static readonly HashSet<string> NumberFields = new(
        new[] { EventField.Amount, EventField.ItemsCount, EventField.LoadTime, EventField.SessionLength, EventField.PagesViewed }
            .Select(EventFieldNames.GetName),
        StringComparer.Ordinal);

    /// <summary>Returns the facts.</summary>
    public static AlertContent Create(MatchRule rule, string id, in StreamRecord record, in UserRecord user, EventTime time)
    {
        ref readonly var @event = ref user.Event;
        var fields = new List<AlertFact>(rule.Fields.Count);
        foreach (var field in rule.Fields)
        {
            fields.Add(Create(field, @event));
        }

        var inTemplates = new List<AlertFact>();
        foreach (var name in NamesIn(rule))
        {
            if (!rule.Fields.Any(field => field.ToString() == name) && FieldPath.TryParse(name, out var field))
            {
                inTemplates.Add(Create(field, @event));
            }
        }

        return new AlertContent
        {
            Rule = rule,
            Id = $"{rule.Name}:{id}",
            Time = time.Value,
            Fields = fields,
            TemplateFields = inTemplates,
            Event = new AlertEvent(EventIdentity.Create(record, user), record.ShardId, record.SequenceNumber.ToString(), record.ArrivalTime),
        };
    }

    private static IEnumerable<string> NamesIn(MatchRule rule) =>
        rule.Subject.Parts.Concat(rule.Text?.Parts ?? []).Where(part => part.IsPlaceholder).Select(part => part.Text).Distinct();

    private static AlertFact Create(FieldPath field, in Event @event)
    {
        var name = field.ToString();
        var text = field.Text(@event);
        return new AlertFact(
            name,
            text.IsPresent ? text.ToString() : null,
            NumberFields.Contains(name) && field.TryGetNumber(@event, out var number) ? number : null);
    }
}
