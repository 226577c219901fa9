namespace Analytics.Events.Definitions;

/// <summary>The time after an alert during which a rule sends no other for the same key, and counts what it holds back.</summary>
public sealed record AlertCooldown
{
    /// <summary>The shortest <see cref="Period"/>: arrival times of one shard may be out of order by less.</summary>
    public static TimeSpan MinPeriod => TimeSpan.FromMinutes(1);

    /// <summary>The longest <see cref="Period"/>.</summary>
    public static TimeSpan MaxPeriod => TimeSpan.FromDays(7);

    /// <summary>The maximum number of fields in <see cref="By"/>.</summary>
    public const int MaxBy = 2;

    /// <summary>How long the rule is silent for the key after an alert.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>The fields of the event that make the key; empty for one key for the whole rule.</summary>
    public IReadOnlyList<FieldPath> By { get; init; } = [];
}
