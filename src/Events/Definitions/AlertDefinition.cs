using Analytics.Events.Patterns;

namespace Analytics.Events.Definitions;

/// <summary>One alert of definitions.json: each event that its pattern selects is notified.</summary>
public sealed record AlertDefinition
{
    /// <summary>Its unique name: lower-case letters, digits and underscores, a letter first, at most 64.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in a sentence; empty when not given.</summary>
    public string Description { get; init; } = "";

    /// <summary>Which events it is about.</summary>
    public required Pattern Pattern { get; init; }

    /// <summary>The notification's subject, as SNS wants it: printable ASCII, at most 100 characters.</summary>
    public required string Subject { get; init; }

    /// <summary>The fields that the notification carries, in this order: at least one.</summary>
    public required IReadOnlyList<FieldPath> Fields { get; init; }
}
