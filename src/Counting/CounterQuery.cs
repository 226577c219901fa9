using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>What to read of the counters.</summary>
public sealed record CounterQuery
{
    /// <summary>The counter's name.</summary>
    public required string Counter { get; init; }

    /// <summary>The windows' length.</summary>
    public required CounterWindow Window { get; init; }

    /// <summary>The first window is the one that this time lies in.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The windows end before this time: those that start before it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>
    /// The values to read, each as the text of the fields that the counter is kept by, null for one that the events did not have; an empty list
    /// is <c>(all)</c>. Null reads all values, <c>(other)</c> too.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string?>>? Values { get; init; }
}
