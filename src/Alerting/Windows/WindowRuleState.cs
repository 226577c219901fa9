using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Cooldowns;
using Analytics.Alerting.Sending;
using Analytics.Alerting.Storage;
using Analytics.Detection;
using AWS.Lambda.Powertools.Logging;

namespace Analytics.Alerting.Windows;

/// <summary>
/// The state of a threshold or anomaly rule: the evaluated windows, the detectors of its series, its cooldowns, and the alerts that are decided
/// and not known to be sent. It is one item, written on condition that it is unchanged, so that a window is evaluated once and its alerts are stored with the decision.
/// </summary>
internal sealed class WindowRuleState
{
    /// <summary>The maximum number of series, at most 3.5 KB each. Values come from producers, and an item is limited to 400 KB.</summary>
    public const int MaxSeries = 50;

    /// <summary>The sort key of the item.</summary>
    public const string SortKey = "state";

    private readonly Dictionary<string, WatchedSeries> _series = new(StringComparer.Ordinal);

    private WindowRuleState(long? version, string basis)
    {
        Version = version;
        Basis = basis;
    }

    /// <summary>The version of the stored item, or null if there is none.</summary>
    public long? Version { get; }

    /// <summary>The meaning of the rule's values: see <see cref="WatchedRule.Basis"/>.</summary>
    public string Basis { get; }

    /// <summary>The start of the first window that is not evaluated, or null before the first run.</summary>
    public DateTimeOffset? Next { get; set; }

    /// <summary>The series, by key.</summary>
    public IReadOnlyDictionary<string, WatchedSeries> Series => _series;

    /// <summary>The series by length of history, longest first.</summary>
    public IEnumerable<WatchedSeries> SeriesByAge =>
        _series.Values.OrderBy(series => series.FirstSeen).ThenBy(series => series.Key, StringComparer.Ordinal);

    /// <summary>The cooldowns.</summary>
    public CooldownSlots Cooldowns { get; private set; } = new();

    /// <summary>The alerts to send, in the order of their windows.</summary>
    public List<PendingAlert> Pending { get; } = [];

    /// <summary>The key of the item.</summary>
    public static Dictionary<string, AttributeValue> CreateKey(string rule) => AlertItems.Key(AlertItems.WindowPartition(rule), SortKey);

    /// <summary>Reads the stored item.</summary>
    /// <param name="item">The item, or null if there is none.</param>
    /// <param name="basis">The current meaning of the rule's values. Series with another meaning are removed; null keeps all.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="AlertStateException">The item is damaged.</exception>
    public static WindowRuleState Read(Dictionary<string, AttributeValue>? item, string? basis, DateTimeOffset now)
    {
        if (item is null)
        {
            return new WindowRuleState(null, basis ?? "");
        }

        try
        {
            var storedBasis = item["basis"].S;
            var state = new WindowRuleState(AlertItems.Number(item[AlertItems.Version]), basis ?? storedBasis);
            if (AlertItems.IsExpired(item, now))
            {
                return state;
            }

            state.Next = AlertItems.OptionalTime(item, "next");
            state.Cooldowns = CooldownSlots.Read(item["keys"]);
            state.Pending.AddRange(AlertItems.Maps(item["pending"]).Select(PendingAlert.Read));
            foreach (var series in state.Basis == storedBasis ? AlertItems.Maps(item["series"]) : [])
            {
                state.Add(series);
            }

            return state;
        }
        catch (Exception exception) when (exception is KeyNotFoundException or FormatException or OverflowException or NullReferenceException or ArgumentNullException)
        {
            throw new AlertStateException(
                $"Item {item[AlertItems.Partition].S}, {item[AlertItems.Sort].S} of the counters table is damaged. Delete it to reset the rule.", exception);
        }
    }

    /// <summary>Adds a series.</summary>
    public void Add(WatchedSeries series) => _series.Add(series.Key, series);

    /// <summary>Removes a series.</summary>
    public void Remove(WatchedSeries series) => _series.Remove(series.Key);

    /// <summary>The item to store, with the next version.</summary>
    public Dictionary<string, AttributeValue> ToItem(string rule, DateTimeOffset now)
    {
        var item = CreateKey(rule);
        item[AlertItems.Version] = AlertItems.Number((Version ?? 0) + 1);
        item["basis"] = AlertItems.Text(Basis);
        item["keys"] = Cooldowns.ToAttribute();
        item["pending"] = AlertItems.List(Pending.Select(alert => alert.ToMap()));
        item["series"] = AlertItems.List(_series.Values.Select(series =>
        {
            var map = new Dictionary<string, AttributeValue>
            {
                ["key"] = AlertItems.Text(series.Key),
                ["detector"] = AlertItems.Binary(series.Detector.Save()),
                ["first"] = AlertItems.Time(series.FirstSeen),
                ["seen"] = AlertItems.Time(series.LastSeen),
                ["latest"] = AlertItems.Binary(series.Latest.ToBytes()),
            };
            if (series.Shown is not null)
            {
                map.Add("shown", AlertItems.Text(series.Shown));
            }

            return map;
        }));
        AlertItems.Expire(item, now);
        return AlertItems.WithOptionalTime(item, "next", Next);
    }

    private void Add(Dictionary<string, AttributeValue> map)
    {
        SeriesDetector detector;
        try
        {
            detector = SeriesDetector.Load(map["detector"].B.ToArray());
        }
        catch (FormatException)
        {
            Logger.LogWarning("A detector's state cannot be read, for example after an upgrade: the series is reset.");
            return;
        }

        Add(new WatchedSeries
        {
            Key = map["key"].S,
            Shown = map.TryGetValue("shown", out var shown) ? shown.S : null,
            Detector = detector,
            FirstSeen = AlertItems.Time(map["first"]),
            LastSeen = AlertItems.Time(map["seen"]),
            Latest = LatestPoints.Read(map["latest"].B.ToArray()),
        });
    }
}
