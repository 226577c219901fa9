using Analytics.Events.Definitions;

namespace Analytics.Counting;

/// <summary>A query of a counter.</summary>
public sealed record CounterQuery
{
    /// <summary>The counter's name.</summary>
    public required string Counter { get; init; }

    /// <summary>The windows' length.</summary>
    public required CounterWindow Window { get; init; }

    /// <summary>A time in the first window.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The exclusive upper bound of the windows' start.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>
    /// The values to read, each as the texts of the counter's grouping fields, null for a missing field; an empty list
    /// stands for <c>(all)</c>. Null reads all values, including <c>(other)</c>.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string?>>? Values { get; init; }
}
