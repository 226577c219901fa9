namespace Analytics.Events.Definitions;

/// <summary>The time after an alert during which a rule holds back and counts further alerts for the same key.</summary>
public sealed record AlertCooldown
{
    /// <summary>The minimum <see cref="Period"/>; longer than the disorder of arrival times in a shard.</summary>
    public static TimeSpan MinPeriod => TimeSpan.FromMinutes(1);

    /// <summary>The maximum <see cref="Period"/>.</summary>
    public static TimeSpan MaxPeriod => TimeSpan.FromDays(7);

    /// <summary>The maximum number of fields in <see cref="By"/>.</summary>
    public const int MaxBy = 2;

    /// <summary>The duration of the cooldown.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>The fields of the event that form the key; empty for a single key for the whole rule.</summary>
    public IReadOnlyList<FieldPath> By { get; init; } = [];
}
