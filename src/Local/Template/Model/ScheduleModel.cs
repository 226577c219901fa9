namespace Analytics.Local.Template.Model;

/// <summary>A rule that invokes functions on a schedule.</summary>
/// <param name="LogicalId">The logical ID in the template, or that of function and event.</param>
/// <param name="Name">The rule's name.</param>
/// <param name="Expression">As <c>rate(1 minute)</c>.</param>
/// <param name="Enabled">Whether it runs.</param>
/// <param name="Targets">The functions by name or ARN, and the rule's input for each.</param>
internal sealed record ScheduleModel(
    string LogicalId, string Name, string Expression, bool Enabled, IReadOnlyList<KeyValuePair<string, string?>> Targets)
    : ResourceModel(LogicalId);
