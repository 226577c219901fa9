using System.Text.Json.Nodes;

namespace Analytics.Template.Tests.Checks;

/// <summary>Least privilege: a role for each function, and "*" only where nothing narrower is possible.</summary>
internal static class PolicyCheck
{
    // The template explains each.
    private static readonly HashSet<string> MayNameEverything =
    [
        "FunctionPolicy Trace",
        "FunctionPolicy Attach",
    ];

    public static IEnumerable<string> Findings(StackTemplate template)
    {
        foreach (var shared in template.Functions.GroupBy(function => Nodes.Target(function.Properties["Role"])).Where(role => role.Key is null || role.Count() > 1))
        {
            yield return $"{string.Join(", ", shared.Select(function => function.LogicalId))}: no separate role";
        }

        foreach (var (resource, statement) in IdentityStatements(template))
        {
            var name = $"{resource.LogicalId} {statement["Sid"]}";
            if (Nodes.Below(statement["Resource"]).Any(IsEverything) && !MayNameEverything.Contains(name))
            {
                yield return $"{name}: allowed on every resource";
            }

            foreach (var action in Nodes.Texts(statement["Action"]).Where(action => action == "*" || action.EndsWith(":*", StringComparison.Ordinal)))
            {
                yield return $"{name}: allows {action}";
            }
        }
    }

    /// <summary>The identities' permissions: inline and managed policies of roles, each statement with its resource.</summary>
    public static IEnumerable<(CheckedResource Resource, JsonObject Statement)> IdentityStatements(StackTemplate template) =>
        template.OfType("AWS::IAM::Role")
            .SelectMany(role => (role.Properties["Policies"] as JsonArray ?? []).Select(policy => (Resource: role, Document: policy!["PolicyDocument"])))
            .Concat(template.OfType("AWS::IAM::ManagedPolicy").Select(policy => (Resource: policy, Document: policy.Properties["PolicyDocument"])))
            .SelectMany(policy => StackTemplate.Statements(policy.Document).Select(statement => (policy.Resource, statement)));

    private static bool IsEverything(JsonNode node) => node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String && (string?)value == "*";
}
