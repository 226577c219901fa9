using System.Text.Json;
using System.Text.Json.Nodes;
using Analytics.Template.Tests.Checks;

namespace Analytics.Template.Tests;

/// <summary>The checks of template.yaml, and tests that each check detects a violation.</summary>
public sealed class TemplateTests(ProgramFixture programs) : IClassFixture<ProgramFixture>
{
    private static readonly StackTemplate Shipped = StackTemplate.Shipped;

    public static TheoryData<string> Functions => [.. Shipped.Functions.Select(function => function.LogicalId)];

    public static TheoryData<string> StreamFunctions => [.. Shipped.StreamFunctions.Select(function => function.LogicalId)];

    public static TheoryData<string> Alarms => [.. Shipped.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.LogicalId)];

    [Fact]
    public void EveryFunctionReadsTheStreamWithPartialResponsesBisectionAndADestination() => None(MappingCheck.Findings(Shipped));

    [Theory]
    [MemberData(nameof(StreamFunctions))]
    public void MappingWithoutARequiredSettingIsReported(string function)
    {
        foreach (var property in new[] { "FunctionResponseTypes", "BisectBatchOnFunctionError", "MaximumRetryAttempts", "DestinationConfig", "MetricsConfig" })
        {
            var finding = Assert.Single(MappingCheck.Findings(Shipped.Without(function, "Properties", "Events", "Stream", "Properties", property)));
            Assert.StartsWith($"{function}: ", finding, StringComparison.Ordinal);
            Assert.Contains($"({property})", finding, StringComparison.Ordinal);
        }

        Assert.Equal([$"{function}: no event source mapping"], MappingCheck.Findings(Shipped.Without(function, "Properties", "Events")));
    }

    [Fact]
    public void EveryFailureHasAnAlarmWithTheRightTopicAndAResponse() => None(AlarmCheck.Findings(Shipped));

    [Theory]
    [MemberData(nameof(Alarms))]
    public void RemovedAlarmIsReported(string alarm)
    {
        var watched = Shipped[alarm].Properties;
        var metrics = watched["Metrics"] is JsonArray several
            ? several.Select(metric => (string?)metric!["MetricStat"]?["Metric"]?["MetricName"]).OfType<string>()
            : [(string)watched["MetricName"]!];

        var findings = AlarmCheck.Findings(Shipped.Without(alarm)).ToList();

        Assert.Equal(metrics.Count(), findings.Count);
        Assert.All(metrics, metric => Assert.Contains(findings, finding => finding.StartsWith($"{alarm}: ", StringComparison.Ordinal) && finding.EndsWith(" " + metric, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("AlarmActions", "does not notify AlarmsTopic")]
    [InlineData("OKActions", "does not notify AlarmsTopic")]
    [InlineData("TreatMissingData", "triggers without data")]
    [InlineData("AlarmDescription", "lacks a meaning and a response")]
    public void IncompleteAlarmIsReported(string property, string finding) =>
        Assert.StartsWith($"FailuresAlarm: {finding}", Assert.Single(AlarmCheck.Findings(Shipped.Without("FailuresAlarm", "Properties", property))), StringComparison.Ordinal);

    [Fact]
    public void StoppedScheduledFunctionTriggersAnAlarm()
    {
        Assert.Equal(["Rollup", "Anomalies"], Shipped.ScheduledFunctions.Select(function => function.LogicalId));
        Assert.StartsWith(
            "SchedulesStoppedAlarm: does not trigger without data",
            Assert.Single(AlarmCheck.Findings(Shipped.With(root => root["Resources"]!["SchedulesStoppedAlarm"]!["Properties"]!["TreatMissingData"] = "notBreaching"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AllThatHoldsDataIsEncryptedAndReachedByTlsOnly() => None(EncryptionCheck.Findings(Shipped));

    [Theory]
    [InlineData("EventStream", "StreamEncryption")]
    [InlineData("ReplicaStream", "StreamEncryption")]
    [InlineData("ArchiveBucket", "BucketEncryption")]
    [InlineData("ParquetBucket", "BucketEncryption")]
    [InlineData("CountersTable", "SSESpecification")]
    [InlineData("ResultsTable", "SSESpecification")]
    [InlineData("AlertsTopic", "KmsMasterKeyId")]
    [InlineData("AlarmsTopic", "KmsMasterKeyId")]
    [InlineData("PagesTopic", "KmsMasterKeyId")]
    [InlineData("FailuresQueue", "SqsManagedSseEnabled")]
    [InlineData("ArchiveLogs", "KmsKeyId")]
    public void UnencryptedResourceIsReported(string resource, string property) =>
        Assert.Equal([$"{resource}: not encrypted at rest"], EncryptionCheck.Findings(Shipped.Without(resource, "Properties", property)));

    [Theory]
    [InlineData("ArchiveBucketPolicy", "ArchiveBucket")]
    [InlineData("ParquetBucketPolicy", "ParquetBucket")]
    [InlineData("FailuresQueuePolicy", "FailuresQueue")]
    [InlineData("AlertsTopicPolicy", "AlertsTopic")]
    [InlineData("AlarmsTopicPolicy", "AlarmsTopic")]
    [InlineData("PagesTopicPolicy", "PagesTopic")]
    public void ResourceReachableWithoutTlsIsReported(string policy, string resource) =>
        Assert.Equal([$"{resource}: can be reached without TLS"], EncryptionCheck.Findings(Shipped.Without(policy)));

    [Fact]
    public void ResourcesWithDataAreProtectedAgainstDeletion() => None(RetentionCheck.Findings(Shipped));

    [Theory]
    [InlineData("EventStream", "DeletionPolicy", "EventStream: DeletionPolicy is not RetainExceptOnCreate")]
    [InlineData("CountersTable", "UpdateReplacePolicy", "CountersTable: UpdateReplacePolicy is not Retain")]
    [InlineData("ArchiveBucket", "Properties.VersioningConfiguration", "ArchiveBucket: no versioning")]
    [InlineData("ArchiveBucket", "Properties.PublicAccessBlockConfiguration", "ArchiveBucket: can be made public")]
    [InlineData("ResultsTable", "Properties.PointInTimeRecoverySpecification", "ResultsTable: cannot be restored to a point in time")]
    [InlineData("QueryWorkGroup", "Properties.RecursiveDeleteOption", "QueryWorkGroup: cannot be deleted once it was used (RecursiveDeleteOption)")]
    [InlineData("AlertsLogs", "Properties.RetentionInDays", "AlertsLogs: keeps logs forever (RetentionInDays)")]
    public void UnprotectedResourceIsReported(string resource, string property, string finding) =>
        Assert.Equal([finding], RetentionCheck.Findings(Shipped.Without(resource, property.Split('.'))));

    [Fact]
    public void EveryParameterIsDescribedGroupedAndHasAnEffect() => None(ParameterCheck.Findings(Shipped));

    [Fact]
    public void ParameterWithoutEffectGroupOrDefaultIsReported() => Assert.Equal(
        ["Idle: the parameter has no effect", "Idle: is in 0 groups", "Idle: lacks a default or a description"],
        ParameterCheck.Findings(Shipped.With(root => root["Parameters"]!["Idle"] = new JsonObject { ["Type"] = "String" })));

    [Fact]
    public void EveryFunctionHasItsRoleAndNoPolicyAllowsEverything() => None(PolicyCheck.Findings(Shipped));

    [Fact]
    public void SharedRoleAndWildcardAreReported()
    {
        var changed = Shipped.With(root =>
        {
            root["Resources"]!["Alerts"]!["Properties"]!["Role"] = root["Resources"]!["Archive"]!["Properties"]!["Role"]!.DeepClone();
            var statement = root["Resources"]!["ResultsRole"]!["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]![1]!;
            statement["Action"] = "dynamodb:*";
            statement["Resource"] = "*";
        });

        Assert.Equal(
            ["Archive, Alerts: no separate role", "ResultsRole WriteResults: allowed on every resource", "ResultsRole WriteResults: allows dynamodb:*"],
            PolicyCheck.Findings(changed));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void ARoleAllowsWhatItsFunctionCallsAndNothingElse(string function)
    {
        Assert.NotEmpty(programs.Functions[function]);
        None(PermissionCheck.Findings(Shipped, function, programs.Functions[function]));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void EachPermissionRemovedFromARoleIsReported(string function)
    {
        var managed = Shipped.StreamFunctions.Any(reader => reader.LogicalId == function) ? Actions("StreamReaderPolicy") : [];
        foreach (var (holder, path, action) in Actions($"{function}Role").Concat(Actions("FunctionPolicy")).Concat(managed))
        {
            var changed = Shipped.With(root => Take(root["Resources"]![holder]!["Properties"]!, path, action));

            Assert.Equal([$"{function}: its role does not allow {action}"], PermissionCheck.Findings(changed, function, programs.Functions[function]));
        }
    }

    [Fact]
    public void UnusedPermissionIsReported() => Assert.Equal(
        ["Archive: its role allows s3:DeleteObject, which nothing calls"],
        PermissionCheck.Findings(
            Shipped.With(root => root["Resources"]!["ArchiveRole"]!["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]![1]!["Action"]!.AsArray().Add("s3:DeleteObject")),
            "Archive",
            programs.Functions["Archive"]));

    [Fact]
    public void OperatorPolicyAllowsEveryCallOfTheCommand()
    {
        Assert.Contains("sqs:DeleteMessage", programs.Command);
        None(PermissionCheck.OperatorFindings(Shipped, programs.Command));
    }

    [Fact]
    public void RemovedOperatorPermissionIsReported() => Assert.Equal(
        ["OperatorPolicy: does not allow lambda:GetFunctionConfiguration", "OperatorPolicy: does not allow lambda:InvokeFunction"],
        PermissionCheck.OperatorFindings(
            Shipped.With(root => root["Resources"]!["OperatorPolicy"]!["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray()
                .RemoveAll(statement => (string?)statement!["Sid"] == "ReadAndInvokeFunctions")),
            programs.Command).Order());

    [Fact]
    public void TheDashboardShowsTheFlowEachFunctionTheBusinessAndTheCostDrivers() => None(DashboardCheck.Findings(Shipped));

    [Fact]
    public void TheExpectedRangesThatTheDashboardShowsAreOfRulesThatAreShipped()
    {
        using var definitions = JsonDocument.Parse(Repository.Read("definitions.json"));
        var rules = definitions.RootElement.GetProperty("alerts").EnumerateArray()
            .Where(rule => rule.GetProperty("type").GetString() == "anomaly").Select(rule => rule.GetProperty("name").GetString()!).ToList();
        Assert.Equal(["event_rate_anomaly", "error_rate_anomaly"], DashboardCheck.Rules(Shipped));
        Assert.All(DashboardCheck.Rules(Shipped), rule => Assert.Contains(rule, rules));
    }

    [Fact]
    public void FunctionMissingFromTheDashboardIsReported() => Assert.Contains(
        "Dashboard: does not show IteratorAge of Copier",
        DashboardCheck.Findings(Shipped.With(root => root["Resources"]!["Copier"] = root["Resources"]!["Archive"]!.DeepClone())));

    [Fact]
    public void TheRunbookCoversEveryAlarm() => None(RunbookCheck.Findings(Shipped, Repository.Read("docs/operations.md")));

    [Fact]
    public void AlarmMissingFromTheRunbookIsReported() => Assert.Contains(
        "docs/operations.md: lacks the alarm failures",
        RunbookCheck.Findings(Shipped, Repository.Read("docs/operations.md").Replace("### failures\n", "", StringComparison.Ordinal)));

    private static void None(IEnumerable<string> findings) => Assert.Equal("", string.Join('\n', findings));

    private static IEnumerable<(string Holder, string Path, string Action)> Actions(string holder) =>
        from held in PolicyCheck.IdentityStatements(Shipped)
        where held.Resource.LogicalId == holder
        from action in Nodes.Texts(held.Statement["Action"])
        where !action.StartsWith("kms:", StringComparison.Ordinal)
        select (holder, (string)held.Statement["Sid"]!, action);

    private static void Take(JsonNode properties, string sid, string action)
    {
        var statement = Nodes.Below(properties).OfType<JsonObject>().Single(node => (string?)(node["Sid"] as JsonValue) == sid);
        statement["Action"] = new JsonArray([.. Nodes.Texts(statement["Action"]).Where(other => other != action).Select(other => (JsonNode)other)]);
    }
}
