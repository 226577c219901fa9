using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Reading;
using Analytics.Alerting.Storage;
using Analytics.Tables;

namespace Analytics.Alerting.Sending;

/// <summary>The marks of sent alerts: one item each, written after publishing.</summary>
internal static class SentAlerts
{
    private const string SortTime = "HH:mm:ss.fff";

    /// <summary>Looks up which alerts are marked, by index, and which could not be looked up.</summary>
    public static async Task<(HashSet<int> Sent, TableFailures Failures)> FindAsync(
        IAlertTable table, IReadOnlyList<AlertMark> marks, CancellationToken cancellationToken)
    {
        var keys = marks.Select(CreateKey).ToList();
        var (items, failures) = await table.GetAsync(keys, cancellationToken).ConfigureAwait(false);
        var found = items.Select(item => (item[AlertItems.Partition].S, item[AlertItems.Sort].S)).ToHashSet();
        var sent = Enumerable.Range(0, keys.Count).Where(index => found.Contains((keys[index][AlertItems.Partition].S, keys[index][AlertItems.Sort].S)));
        return (sent.ToHashSet(), failures);
    }

    /// <summary>The mark of an alert.</summary>
    public static Dictionary<string, AttributeValue> ToItem(AlertMark mark, AlertContent content, AlertMessage message, DateTimeOffset now)
    {
        var item = CreateKey(mark);
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

    /// <summary>The arrival time of the event, or the start of the window, of a mark's alert.</summary>
    /// <param name="item">The mark.</param>
    /// <param name="day">The day of its partition.</param>
    public static DateTimeOffset GetArrival(Dictionary<string, AttributeValue> item, DateTime day) =>
        new(day + TimeSpan.ParseExact(item[AlertItems.Sort].S.AsSpan(0, SortTime.Length), @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>Reads a mark.</summary>
    public static SentAlert Read(Dictionary<string, AttributeValue> item) => new(
        item["id"].S,
        item["rule"].S,
        item["severity"].S,
        item.TryGetValue("key", out var key) ? key.S : null,
        item["subject"].S,
        AlertItems.Time(item["time"]),
        AlertItems.Time(item["publishedAt"]),
        item.TryGetValue("heldBack", out var heldBack) ? AlertItems.Number(heldBack) : null);

    private static Dictionary<string, AttributeValue> CreateKey(AlertMark mark) => AlertItems.Key(
        AlertItems.SentPartition(mark.Rule, mark.Time),
        string.Create(CultureInfo.InvariantCulture, $"{mark.Time.UtcDateTime.ToString(SortTime, CultureInfo.InvariantCulture)}|{mark.Id}"));
}
