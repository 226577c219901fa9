using Analytics.Events.Patterns;

namespace Analytics.Events.Definitions;

/// <summary>A counter of definitions.json: the events, the measure, the grouping fields and the windows.</summary>
public sealed record CounterDefinition
{
    /// <summary>The maximum number of fields in <see cref="By"/>.</summary>
    public const int MaxBy = 2;

    /// <summary>The default <see cref="Limit"/>.</summary>
    public const int DefaultLimit = 10_000;

    /// <summary>The maximum length of the text kept by <see cref="Last"/>, in UTF-16 characters.</summary>
    public const int MaxLastLength = 500;

    /// <summary>The default <see cref="Retention"/>: 90 days.</summary>
    public static TimeSpan DefaultRetention => TimeSpan.FromDays(90);

    /// <summary>Its unique name: lower-case letters, digits and underscores, a letter first, at most 64.</summary>
    public required string Name { get; init; }

    /// <summary>The description, one sentence; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Selects the events that are counted.</summary>
    public required Pattern Pattern { get; init; }

    /// <summary>The measure.</summary>
    public required Measure Measure { get; init; }

    /// <summary>The field that is measured; null for <see cref="Measure.Count"/> and <see cref="Measure.Rate"/> only.</summary>
    public FieldPath? Field { get; init; }

    /// <summary>For <see cref="Measure.Rate"/> only: selects the events whose share is measured.</summary>
    public Pattern? Where { get; init; }

    /// <summary>The fields to group by, at most <see cref="MaxBy"/>. An event without such a field is counted under the empty value.</summary>
    public required IReadOnlyList<FieldPath> By { get; init; }

    /// <summary>The windows: at least one, without duplicates.</summary>
    public required IReadOnlyList<CounterWindow> Windows { get; init; }

    /// <summary>The maximum number of distinct values of <see cref="By"/> per window; the rest is counted as <c>(other)</c>.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>The time that a window is kept after its end.</summary>
    public TimeSpan Retention { get; init; } = DefaultRetention;

    /// <summary>The field whose last text is kept as well, truncated to <see cref="MaxLastLength"/>, or null.</summary>
    public FieldPath? Last { get; init; }
}
