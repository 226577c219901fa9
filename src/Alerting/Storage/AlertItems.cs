using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Analytics.Alerting.Storage;

/// <summary>
/// Names of keys and attributes: <c>alert|sent|RULE|DAY</c> contains one item per sent alert, <c>alert|gate|RULE</c> one for the cooldowns of a rule,
/// <c>alert|ledger|SHARD</c> one per batch that held back alerts, <c>alert|lease|NAME</c> one for the right to publish, <c>alert|window|RULE</c> one for the state of a
/// threshold or anomaly rule.
/// </summary>
internal static class AlertItems
{
    /// <summary>The name of the partition key.</summary>
    public const string Partition = "pk";

    /// <summary>The name of the sort key.</summary>
    public const string Sort = "sk";

    /// <summary>The name of the attribute with the number of writes of an item.</summary>
    public const string Version = "version";

    /// <summary>
    /// Retention of sent alerts, gates and ledgers after their last write: four weeks, four times the default retention of the stream. A record
    /// redelivered later is treated as new.
    /// </summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(28);

    private const string Expiry = "expiresAt";

    public static string SentPartition(string rule, DateTimeOffset arrival) =>
        string.Create(CultureInfo.InvariantCulture, $"alert|sent|{rule}|{arrival.UtcDateTime:yyyy-MM-dd}");

    public static string GatePartition(string rule) => $"alert|gate|{rule}";

    public static string LedgerPartition(string shardId) => $"alert|ledger|{shardId}";

    public static string LeasePartition(string name) => $"alert|lease|{name}";

    public static string WindowPartition(string rule) => $"alert|window|{rule}";

    public static Dictionary<string, AttributeValue> Key(string partition, string sort) =>
        new() { [Partition] = new() { S = partition }, [Sort] = new() { S = sort } };

    public static void Expire(Dictionary<string, AttributeValue> item, DateTimeOffset now) =>
        item[Expiry] = Number((now + Retention).ToUnixTimeSeconds());

    /// <summary>Returns whether an item has expired. DynamoDB deletes it some time later.</summary>
    public static bool IsExpired(Dictionary<string, AttributeValue> item, DateTimeOffset now) =>
        item.TryGetValue(Expiry, out var expiry) && Number(expiry) <= now.ToUnixTimeSeconds();

    public static AttributeValue Text(string value) => new() { S = value };

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static long Number(AttributeValue value) => long.Parse(value.N, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static AttributeValue Decimal(decimal value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static decimal Decimal(AttributeValue value) => decimal.Parse(value.N, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static AttributeValue Time(DateTimeOffset value) => Number(value.ToUnixTimeMilliseconds());

    public static DateTimeOffset Time(AttributeValue value) => DateTimeOffset.FromUnixTimeMilliseconds(Number(value));

    /// <summary>Returns an optional time.</summary>
    public static DateTimeOffset? OptionalTime(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? Time(value) : null;

    /// <summary>Adds a time if there is one.</summary>
    public static Dictionary<string, AttributeValue> WithOptionalTime(Dictionary<string, AttributeValue> item, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            item.Add(name, Time(value));
        }

        return item;
    }

    public static AttributeValue List(IEnumerable<Dictionary<string, AttributeValue>> maps) =>
        new() { L = [.. maps.Select(map => new AttributeValue { M = map })], IsLSet = true };

    public static AttributeValue Binary(byte[] value) => new() { B = new MemoryStream(value, 0, value.Length, writable: false, publiclyVisible: true) };

    /// <summary>The maps of a list. The SDK may give null for an empty one.</summary>
    public static IEnumerable<Dictionary<string, AttributeValue>> Maps(AttributeValue list) => (list.L ?? []).Select(value => value.M);
}
