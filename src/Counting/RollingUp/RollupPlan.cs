using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.Storage;

namespace Analytics.Counting.RollingUp;

/// <summary>
/// A generation of the rollup: the links that it reads. Everything that a generation writes is determined by its plan, so that a run after a crash, or
/// a concurrent run, writes the same.
/// </summary>
internal sealed record RollupPlan
{
    private const string ShardsName = "shards";
    private const string FromName = "from";
    private const string ToName = "to";
    private const string KeptName = "kept";
    private const string ThroughName = "through";
    private const string OpenName = "open";
    private const string PlannedName = "plannedAt";
    private const char Separator = ' ';

    public required long Generation { get; init; }

    /// <summary>Whether all windows of the generation are written.</summary>
    public bool IsDone { get; init; }

    /// <summary>The shards' progress, by identifier.</summary>
    public required IReadOnlyDictionary<string, LinkRange> Shards { get; init; }

    /// <summary>The arrival time up to which all shards' records are rolled up with the generation.</summary>
    public required DateTimeOffset Through { get; init; }

    public required DateTimeOffset Planned { get; init; }

    /// <summary>Windows that were written before they were complete: before the generation, and after it is done, including it.</summary>
    public required IReadOnlyList<ItemKey> Open { get; init; }

    /// <summary>Returns the position from which links are not included in a window of a generation.</summary>
    /// <param name="shardId">The shard.</param>
    /// <param name="windowGeneration">The window's generation, at most that of the plan; 0 if there is no such window.</param>
    public string GetPosition(string shardId, long windowGeneration) =>
        !Shards.TryGetValue(shardId, out var progress) ? Chain.ShardPosition.Start.Key
        : IsDone || windowGeneration == Generation ? progress.To
        : progress.From;

    public static async Task<RollupPlan?> ReadAsync(ICounterTable table, CancellationToken cancellationToken)
    {
        var item = await table.GetAsync(CounterKeys.Plan, cancellationToken).ConfigureAwait(false);
        return item is null ? null : FromItem(item);
    }

    public Dictionary<string, AttributeValue> ToItem()
    {
        var item = Attributes.Item(CounterKeys.Plan);
        item.Add(Attributes.Generation, Attributes.Number(Generation));
        item.Add(Attributes.State, Attributes.Text(IsDone ? Attributes.Done : Attributes.Planned));
        item.Add(ShardsName, new AttributeValue
        {
            M = Shards.ToDictionary(shard => shard.Key, shard => new AttributeValue
            {
                M = Write(shard.Value),
            }),
        });
        item.Add(ThroughName, Attributes.Time(Through));
        item.Add(PlannedName, Attributes.Time(Planned));
        item.Add(OpenName, new AttributeValue { L = [.. Open.Select(window => Attributes.Text($"{window.Partition}{Separator}{window.Sort}"))] });
        return item;
    }

    private static RollupPlan FromItem(Dictionary<string, AttributeValue> item)
    {
        try
        {
            return new RollupPlan
            {
                Generation = Attributes.GetNumber(item, Attributes.Generation),
                IsDone = Attributes.GetText(item, Attributes.State) == Attributes.Done,
                Shards = (item.GetValueOrDefault(ShardsName)?.M ?? throw Attributes.Invalid(ShardsName, "a map")).ToDictionary(
                    shard => shard.Key,
                    shard =>
                    {
                        var to = Attributes.GetText(shard.Value.M, ToName);
                        var kept = DateTimeOffset.FromUnixTimeSeconds(Attributes.GetNumber(shard.Value.M, KeptName));
                        return new LinkRange(shard.Value.M.GetValueOrDefault(FromName)?.S ?? to, to, kept);
                    },
                    StringComparer.Ordinal),
                Through = Attributes.GetTime(item, ThroughName),
                Planned = Attributes.GetTime(item, PlannedName),
                Open = [.. (item.GetValueOrDefault(OpenName)?.L ?? []).Select(window => ReadKey(window.S))],
            };
        }
        catch (FormatException exception)
        {
            throw new CounterTableException(
                $"Item {CounterKeys.Plan.Partition}, {CounterKeys.Plan.Sort} of the counters table is damaged: {exception.Message}. Restore it from a backup of the table.", exception);
        }
    }

    private static Dictionary<string, AttributeValue> Write(LinkRange progress)
    {
        var members = new Dictionary<string, AttributeValue>
        {
            [ToName] = Attributes.Text(progress.To),
            [KeptName] = Attributes.Number(progress.Kept.ToUnixTimeSeconds()),
        };
        if (progress.From != progress.To)
        {
            members.Add(FromName, Attributes.Text(progress.From));
        }

        return members;
    }

    private static ItemKey ReadKey(string? text) =>
        text?.Split(Separator) is [var partition, var sort] ? new ItemKey(partition, sort) : throw Attributes.Invalid(OpenName, "a list of keys");
}
