namespace Analytics.Local.Template;

/// <summary>A resource of the deployment.</summary>
/// <param name="LogicalId">Its key in the template.</param>
/// <param name="Type">As <c>AWS::DynamoDB::Table</c>.</param>
/// <param name="PhysicalId">What <c>Ref</c> gives: a name, a topic's ARN, a queue's URL.</param>
/// <param name="Attributes">What <c>Fn::GetAtt</c> gives, by name, such as <c>Arn</c>.</param>
public sealed record StackResource(
    string LogicalId, string Type, string PhysicalId, IReadOnlyDictionary<string, string> Attributes);
