using Analytics.Events.Patterns;

namespace Analytics.Events.Definitions;

/// <summary>A rule of the type <c>match</c>: each event that matches the pattern raises an alert.</summary>
public sealed record MatchRule : AlertRule
{
    /// <summary>The maximum number of <see cref="Fields"/>, so that a message stays within the limit of SNS.</summary>
    public const int MaxFields = 20;

    /// <summary>Selects the events.</summary>
    public required Pattern Pattern { get; init; }

    /// <summary>The fields shown in the message, in order; at least one.</summary>
    public required IReadOnlyList<FieldPath> Fields { get; init; }
}
