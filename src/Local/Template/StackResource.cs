namespace Analytics.Local.Template;

/// <summary>A resource of the deployment.</summary>
/// <param name="LogicalId">The logical ID in the template.</param>
/// <param name="Type">For example <c>AWS::DynamoDB::Table</c>.</param>
/// <param name="PhysicalId">The value of <c>Ref</c>: a name, a topic's ARN, a queue's URL.</param>
/// <param name="Attributes">The values of <c>Fn::GetAtt</c> by name, such as <c>Arn</c>.</param>
public sealed record StackResource(
    string LogicalId, string Type, string PhysicalId, IReadOnlyDictionary<string, string> Attributes);
