using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Storage;
using Analytics.Tables;

namespace Analytics.Alerting.Sending;

/// <summary>The marks of the alerts that were sent: an item each, written when the topic has taken the alert.</summary>
internal static class SentAlerts
{
    /// <summary>Which of some alerts are marked, by index, and which could not be looked up.</summary>
    public static async Task<(HashSet<int> Sent, TableFailures Failures)> FindAsync(
        IAlertTable table, IReadOnlyList<EventMatch> matches, CancellationToken cancellationToken)
    {
        var keys = matches.Select(KeyOf).ToList();
        var (items, failures) = await table.GetAsync(keys, cancellationToken).ConfigureAwait(false);
        var found = items.Select(item => (item[AlertItems.Partition].S, item[AlertItems.Sort].S)).ToHashSet();
        var sent = Enumerable.Range(0, keys.Count).Where(index => found.Contains((keys[index][AlertItems.Partition].S, keys[index][AlertItems.Sort].S)));
        return (sent.ToHashSet(), failures);
    }

    /// <summary>The mark of an alert.</summary>
    public static Dictionary<string, AttributeValue> ToItem(EventMatch match, AlertContent content, AlertMessage message, DateTimeOffset now)
    {
        var item = KeyOf(match);
        item["id"] = AlertItems.Text(message.Id);
        item["rule"] = AlertItems.Text(message.Rule);
        item["severity"] = AlertItems.Text(message.Severity);
        item["subject"] = AlertItems.Text(message.Subject);
        item["time"] = AlertItems.Time(content.Time);
        item["publishedAt"] = AlertItems.Time(now);
        if (message.Key is { } key)
        {
            item["key"] = AlertItems.Text(key);
        }

        if (content.HeldBack is { } heldBack)
        {
            item["heldBack"] = AlertItems.Number(heldBack);
        }

        AlertItems.Expire(item, now);
        return item;
    }

    private static Dictionary<string, AttributeValue> KeyOf(EventMatch match) => AlertItems.Key(
        AlertItems.SentPartition(match.Rule.Name, match.ArrivalTime),
        string.Create(CultureInfo.InvariantCulture, $"{match.ArrivalTime.UtcDateTime:HH:mm:ss.fff}|{match.Id}"));
}
