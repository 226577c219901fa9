namespace Analytics.Template.Tests.Checks;

/// <summary>The runbook has a section for every alarm and no others.</summary>
internal static class RunbookCheck
{
    private const string Heading = "### ";

    public static IEnumerable<string> Findings(StackTemplate template, string runbook)
    {
        var alarms = template.OfType("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")
            .Select(alarm => ((string)alarm.Properties["AlarmName"]!["Fn::Sub"]!)["${AWS::StackName}-".Length..]).ToHashSet();
        var sections = runbook.Split('\n')
            .SkipWhile(line => line != "## Alarms").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith(Heading, StringComparison.Ordinal))
            .Select(line => line[Heading.Length..])
            .ToHashSet();
        return alarms.Except(sections).Select(alarm => $"docs/operations.md: lacks the alarm {alarm}")
            .Concat(sections.Except(alarms).Select(section => $"docs/operations.md: the template has no alarm {section}"));
    }
}
