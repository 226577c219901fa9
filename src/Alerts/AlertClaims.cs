using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Tables;

namespace Analytics.Alerts;

/// <summary>
/// The claims of a batch's alerts: items in the counters' table, written before an alert is published and marked after. A batch that comes
/// again publishes only what is not marked.
/// </summary>
internal sealed class AlertClaims(TableBatches table)
{
    public const string PartitionKey = "pk";
    public const string SortKey = "sk";

    /// <summary>How long a claim is kept: twice what a stream keeps its records for in this pipeline, a week.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(14);

    private const string SortKeyValue = "claim";
    private const string PublishedAt = "publishedAt";

    /// <summary>Which of some alerts are marked as published, by claim key, and which could not be found out.</summary>
    public async Task<(HashSet<string> Published, TableFailures Failures)> FindPublishedAsync(
        IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        var (items, failures) = await table.GetAsync([.. alerts.Select(KeyOf)], cancellationToken).ConfigureAwait(false);
        var published = items.Where(item => item.ContainsKey(PublishedAt)).Select(item => item[PartitionKey].S);
        return (published.ToHashSet(StringComparer.Ordinal), failures);
    }

    /// <summary>Writes the claims of alerts that are about to be published.</summary>
    public Task<TableFailures> ClaimAsync(IReadOnlyList<Alert> alerts, DateTimeOffset now, CancellationToken cancellationToken) =>
        table.PutAsync([.. alerts.Select(alert => ItemOf(alert, now))], cancellationToken);

    /// <summary>Marks alerts as published.</summary>
    public Task<TableFailures> MarkAsync(IReadOnlyList<Alert> alerts, DateTimeOffset now, CancellationToken cancellationToken) =>
        table.PutAsync(
            [.. alerts.Select(alert => new Dictionary<string, AttributeValue>(ItemOf(alert, now))
            {
                [PublishedAt] = new() { S = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) },
            })],
            cancellationToken);

    private static Dictionary<string, AttributeValue> KeyOf(Alert alert) => new()
    {
        [PartitionKey] = new() { S = alert.ClaimKey },
        [SortKey] = new() { S = SortKeyValue },
    };

    private static Dictionary<string, AttributeValue> ItemOf(Alert alert, DateTimeOffset now)
    {
        var item = KeyOf(alert);
        item.Add("rule", new AttributeValue { S = alert.Rule });
        item.Add("expiresAt", new AttributeValue { N = (now + Retention).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) });
        return item;
    }
}
