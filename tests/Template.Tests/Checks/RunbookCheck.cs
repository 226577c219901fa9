namespace Analytics.Template.Tests.Checks;

/// <summary>The runbook has a section for every alarm, and for none that is not there.</summary>
internal static class RunbookCheck
{
    private const string Heading = "### ";

    public static IEnumerable<string> Findings(StackTemplate template, string runbook)
    {
        var alarms = template.OfType("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm").Select(Kind).ToHashSet();
        var sections = runbook.Split('\n')
            .SkipWhile(line => line != "## Alarms").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith(Heading, StringComparison.Ordinal))
            .SelectMany(line => line[Heading.Length..].Split(", "))
            .Select(name => name.Trim('`'))
            .ToHashSet();
        return alarms.Except(sections).Select(alarm => $"docs/operations.md: says nothing of the alarm {alarm}")
            .Concat(sections.Except(alarms).Select(section => $"docs/operations.md: the template has no alarm {section}"));

        // An alarm's name without the stack's; what is the same for each function has one section.
        string Kind(StackResource alarm)
        {
            var name = ((string)alarm.Properties["AlarmName"]!["Fn::Sub"]!)["${AWS::StackName}-".Length..];
            var function = template.Functions.FirstOrDefault(function => name.StartsWith(function.LogicalId.ToLowerInvariant() + "-", StringComparison.Ordinal));
            return function is null || name.EndsWith("-throttled", StringComparison.Ordinal) ? name : $"<function>-{name[(function.LogicalId.Length + 1)..]}";
        }
    }
}
