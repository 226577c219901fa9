using Analytics.Events.Patterns;

namespace Analytics.Events.Definitions;

/// <summary>One counter of definitions.json: which events, what of them, by what, and in which windows.</summary>
public sealed record CounterDefinition
{
    /// <summary>The most fields that a counter is kept by.</summary>
    public const int MaxBy = 2;

    /// <summary>The <see cref="Limit"/> where definitions.json gives none.</summary>
    public const int DefaultLimit = 10_000;

    /// <summary>The longest text that <see cref="Last"/> keeps, in UTF-16 characters.</summary>
    public const int MaxLastLength = 500;

    /// <summary>The <see cref="Retention"/> where definitions.json gives none: 90 days.</summary>
    public static TimeSpan DefaultRetention => TimeSpan.FromDays(90);

    /// <summary>Its unique name: lower-case letters, digits and underscores, a letter first, at most 64.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in a sentence; empty when not given.</summary>
    public string Description { get; init; } = "";

    /// <summary>Which events it is about.</summary>
    public required Pattern Pattern { get; init; }

    /// <summary>What it takes of them.</summary>
    public required Measure Measure { get; init; }

    /// <summary>The field that is measured; null for <see cref="Measure.Count"/> and <see cref="Measure.Rate"/> only.</summary>
    public FieldPath? Field { get; init; }

    /// <summary>For <see cref="Measure.Rate"/> only: which of the events are the share.</summary>
    public Pattern? Where { get; init; }

    /// <summary>The fields that it is kept by, at most <see cref="MaxBy"/>. An event without one counts under the empty value.</summary>
    public required IReadOnlyList<FieldPath> By { get; init; }

    /// <summary>The windows that it is kept in: at least one, each once.</summary>
    public required IReadOnlyList<CounterWindow> Windows { get; init; }

    /// <summary>The most different values of <see cref="By"/> in a window; the rest counts as <c>(other)</c>.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>How long a window is kept after its end.</summary>
    public TimeSpan Retention { get; init; } = DefaultRetention;

    /// <summary>The field of which the last text is kept beside the count, cut to <see cref="MaxLastLength"/>; or null.</summary>
    public FieldPath? Last { get; init; }
}
