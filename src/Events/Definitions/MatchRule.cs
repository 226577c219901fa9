using Analytics.Events.Patterns;

namespace Analytics.Events.Definitions;

/// <summary>A rule of the type <c>match</c>: each event that a pattern selects is an alert.</summary>
public sealed record MatchRule : AlertRule
{
    /// <summary>The maximum number of <see cref="Fields"/>, so that a message stays within what SNS takes.</summary>
    public const int MaxFields = 20;

    /// <summary>The events that it selects.</summary>
    public required Pattern Pattern { get; init; }

    /// <summary>The fields that the message shows, in this order: at least one.</summary>
    public required IReadOnlyList<FieldPath> Fields { get; init; }
}
