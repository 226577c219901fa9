using System.Globalization;
using System.Text.Json.Nodes;
using Analytics.Local;
using Analytics.Local.Template;

namespace Analytics.Template.Tests;

/// <summary>The parameters' effects on the stack.</summary>
public sealed class ParameterEffectTests
{
    [Theory]
    [InlineData("Archive")]
    [InlineData("Counters")]
    [InlineData("Alerts")]
    [InlineData("Results")]
    [InlineData("Replicator")]
    public async Task AReaderIsSwitchedToTheTimeThatItsParameterNames(string function)
    {
        Assert.Equal(("stream/analytics-events", "TRIM_HORIZON", null), await MappingAsync(function, "false"));
        Assert.Equal(($"consumer/{function.ToLowerInvariant()}-0", "TRIM_HORIZON", null), await MappingAsync(function, "true"));
        Assert.Equal(($"consumer/{function.ToLowerInvariant()}-1764000000", "AT_TIMESTAMP", "1764000000"), await MappingAsync(function, "true@1764000000"));
        Assert.Equal(("stream/analytics-events", "AT_TIMESTAMP", "1764000000"), await MappingAsync(function, "false@1764000000"));
    }

    [Fact]
    public async Task AnotherTimeIsAnotherConsumerSoThatItCanReplaceTheOneBefore()
    {
        Assert.NotEqual((await MappingAsync("Counters", "true@1764000000")).Source, (await MappingAsync("Counters", "true@1764000001")).Source);
        Assert.All(StackTemplate.Shipped.OfType("AWS::Kinesis::StreamConsumer"), consumer => Assert.Null(consumer.Properties["Tags"]));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("true@")]
    [InlineData("true@tomorrow")]
    [InlineData("true@1764000000@1")]
    public async Task AFanOutParameterIsTrueOrFalseAndPerhapsATime(string value) =>
        await Assert.ThrowsAnyAsync<LocalDeploymentException>(() => OutlineAsync(("ArchiveFanOut", value)));

    [Fact]
    public async Task EndpointsAreCreatedUnlessTheVpcHasThem()
    {
        (string, string)[] vpc = [("VpcId", "vpc-0"), ("SubnetIds", "subnet-0,subnet-1")];

        Assert.Equal(4, (await OutlineAsync([.. vpc, ("RouteTableIds", "rtb-0")])).Count("AWS::EC2::VPCEndpoint"));
        Assert.Equal(0, (await OutlineAsync([.. vpc, ("VpcEndpoints", "false")])).Count("AWS::EC2::VPCEndpoint"));
    }

    [Fact]
    public async Task AVpcWithoutSubnetsAndEndpointsWithoutRouteTablesAreRejected()
    {
        Assert.Contains("VpcId needs SubnetIds.", await RefusalAsync(("VpcId", "vpc-0")), StringComparison.Ordinal);
        Assert.Contains("VpcEndpoints=true needs RouteTableIds.", await RefusalAsync(("VpcId", "vpc-0"), ("SubnetIds", "subnet-0")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MetricNamespacesAreTheStacksOwn()
    {
        var functions = (await OutlineAsync()).OfType("AWS::Serverless::Function").ToDictionary(function => function.LogicalId);

        Assert.Equal("KinesisAnalytics/analytics", functions["Archive"].Text("Environment", "Variables", "POWERTOOLS_METRICS_NAMESPACE"));
        Assert.Equal("RealTimeAnalytics/analytics", functions["Results"].Text("Environment", "Variables", "POWERTOOLS_METRICS_NAMESPACE"));
    }

    [Fact]
    public void TheAlarmOnIncomingRecordsIsAsShippedAtEightyPercentOfTheShards()
    {
        const int RecordsOfAShardASecond = 1_000;
        var alarm = StackTemplate.Shipped["IncomingRecordsAlarm"].Properties;
        var parameters = StackTemplate.Shipped.Root["Parameters"]!;

        Assert.Equal("IncomingRecordsAlarmThreshold", (string?)alarm["Threshold"]!["Ref"]);
        Assert.Equal(
            Number(parameters["ShardCount"]!["Default"]) * RecordsOfAShardASecond * Number(alarm["Period"]) * 8 / 10,
            Number(parameters["IncomingRecordsAlarmThreshold"]!["Default"]));
        Assert.Equal(("IncomingRecords", "Sum", "GreaterThanThreshold"), ((string?)alarm["MetricName"], (string?)alarm["Statistic"], (string?)alarm["ComparisonOperator"]));

        static int Number(JsonNode? node) => int.Parse(node!.ToString(), CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("aws", "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/analytics")]
    [InlineData("aws-cn", "https://eu-west-1.console.amazonaws.cn/cloudwatch/home?region=eu-west-1#dashboards/dashboard/analytics")]
    [InlineData("aws-us-gov", "https://eu-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/analytics")]
    public void TheDashboardsAddressIsThatOfThePartitionsConsole(string partition, string expected)
    {
        var root = StackTemplate.Shipped.Root;
        var sub = root["Outputs"]!["DashboardUrl"]!["Value"]!["Fn::Sub"]!.AsArray();
        var (map, key, name) = sub[1]!["Host"]!["Fn::FindInMap"]!.AsArray() is [var first, var second, var third] ? (first, second, third) : default;

        Assert.Equal("AWS::Partition", (string)key!["Ref"]!);
        Assert.Equal("analytics", StackTemplate.Shipped["Dashboard"].Properties["DashboardName"]!["Ref"]?.ToString().Replace("AWS::StackName", "analytics", StringComparison.Ordinal));
        Assert.Equal(
            expected,
            ((string)sub[0]!).Replace("${AWS::Region}", "eu-west-1", StringComparison.Ordinal).Replace("${Dashboard}", "analytics", StringComparison.Ordinal)
                .Replace("${Host}", (string)root["Mappings"]![(string)map!]![partition]![(string)name!]!, StringComparison.Ordinal));
    }

    private static async Task<string> RefusalAsync(params (string Name, string Value)[] parameters) =>
        (await Assert.ThrowsAnyAsync<LocalDeploymentException>(() => OutlineAsync(parameters))).Message;

    private static async Task<(string Source, string? Position, string? Time)> MappingAsync(string function, string fanOut)
    {
        var outline = await OutlineAsync(($"{function}FanOut", fanOut), ("ReplicaRegion", "us-east-1"));
        var mapping = Assert.Single(outline.OfType("AWS::Lambda::EventSourceMapping"), mapping => mapping.LogicalId == $"{function}Stream");
        var source = mapping.Text("EventSourceArn")!.Split(':');
        var parts = source[5].Split('/');
        return (string.Join('/', parts[^2..]), mapping.Text("StartingPosition"), mapping.Text("StartingPositionTimestamp"));
    }

    private static Task<StackOutline> OutlineAsync(params (string Name, string Value)[] parameters) =>
        StackOutline.LoadAsync(Repository.Template, parameters.ToDictionary(one => one.Name, one => one.Value));
}
