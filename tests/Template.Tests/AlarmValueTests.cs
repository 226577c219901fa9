using System.Text.Json.Nodes;

namespace Analytics.Template.Tests;

/// <summary>The values of the alarms over several metrics: which function triggers them, and with which data.</summary>
public sealed class AlarmValueTests
{
    private static readonly Dictionary<string, double> NoData = [];

    private static readonly Dictionary<string, double> AllRunning = new()
    {
        ["incoming"] = 100,
        ["archive"] = 100,
        ["counters"] = 100,
        ["alerts"] = 100,
        ["results"] = 100,
        ["replicator"] = 100,
        ["delivery"] = 100,
    };

    public static TheoryData<string, int> FunctionsAndDigits => new() { { "archive", 1 }, { "counters", 10 }, { "alerts", 100 }, { "results", 1_000 }, { "replicator", 10_000 } };

    [Theory]
    [MemberData(nameof(FunctionsAndDigits))]
    public void TheDigitOfTheValueNamesTheFunction(string function, int digit)
    {
        foreach (var (alarm, value) in new[] { ("ErrorsAlarm", 3.0), ("ThrottlesAlarm", 1), ("UndeliveredFailuresAlarm", 7), ("IteratorAgeAlarm", 60_001) })
        {
            Assert.Equal(digit, Value(alarm, new() { [function] = value }));
            Assert.Equal(0, Value(alarm, new() { [function] = 0 }));
        }

        Assert.Equal(0, Value("IteratorAgeAlarm", new() { [function] = 60_000 }));
        var digits = FunctionsAndDigits.Select(row => (string)row[0]).ToDictionary(name => name, _ => 1.0);
        Assert.Equal(11_111, Value("ErrorsAlarm", digits));
    }

    [Theory]
    [InlineData("rollup", 100_000)]
    [InlineData("anomalies", 1_000_000)]
    public void TheDigitsAfterThoseAreTheScheduledFunctions(string function, int digit)
    {
        Assert.Equal(digit, Value("ErrorsAlarm", new() { [function] = 1 }));
        Assert.Equal(digit, Value("ThrottlesAlarm", new() { [function] = 1 }));
    }

    [Fact]
    public void TheDigitOfAStoppedScheduleNamesItsFunction()
    {
        Assert.Equal(0, Value("SchedulesStoppedAlarm", new() { ["rollup"] = 5, ["anomalies"] = 5 }));
        Assert.Equal(1, Value("SchedulesStoppedAlarm", new() { ["anomalies"] = 5 }));
        Assert.Equal(10, Value("SchedulesStoppedAlarm", new() { ["rollup"] = 5, ["anomalies"] = 0 }));
        Assert.Equal(11, Value("SchedulesStoppedAlarm", NoData));
    }

    [Theory]
    [MemberData(nameof(FunctionsAndDigits))]
    public void MappingWithoutRecordsDuringIncomingRecordsIsStopped(string function, int digit)
    {
        Assert.Equal(0, Stopped(AllRunning));
        Assert.Equal(digit, Stopped(Without(function)));
        Assert.Equal(digit, Stopped(With(function, 0)));
        Assert.Equal(0, Stopped(NoData));
    }

    [Fact]
    public void DeliveryThatReadsNoRecordsIsStopped() => Assert.Equal(100_000, Stopped(Without("delivery")));

    [Fact]
    public void UndeployedFunctionIsNotStopped() => Assert.Equal(
        0, Value("StoppedAlarm", new() { ["incoming"] = 1, ["archive"] = 1, ["counters"] = 1, ["alerts"] = 1 }, isDeployed: false));

    [Theory]
    [InlineData(24, 12)]
    [InlineData(168, 84)]
    [InlineData(8760, 4380)]
    public void RecordsAreAtRiskAfterHalfOfTheRetention(int retentionHours, int hours)
    {
        var age = TimeSpan.FromHours(hours).TotalMilliseconds;
        foreach (var reader in new[] { "stream", "archive", "counters", "alerts", "results", "replicator" })
        {
            Assert.Equal(50, Value("RecordAgeAlarm", new() { [reader] = age }, retentionHours: retentionHours)!.Value, 6);
        }

        Assert.True(Value("RecordAgeAlarm", new() { ["stream"] = age - 1, ["archive"] = 5 }, retentionHours: retentionHours) < 50);
        Assert.Equal(0, Value("RecordAgeAlarm", NoData));
        Assert.Equal("50", StackTemplate.Shipped["RecordAgeAlarm"].Properties["Threshold"]!.ToString());
    }

    [Fact]
    public void TheDigitOfAThrottledTableNamesIt()
    {
        Assert.Equal(1, Value("TablesThrottledAlarm", new() { ["countersReads"] = 2 }));
        Assert.Equal(1, Value("TablesThrottledAlarm", new() { ["countersWrites"] = 2 }));
        Assert.Equal(10, Value("TablesThrottledAlarm", new() { ["resultsWrites"] = 2 }));
        Assert.Equal(11, Value("TablesThrottledAlarm", new() { ["countersReads"] = 1, ["resultsReads"] = 1 }));
        Assert.Equal(0, Value("TablesThrottledAlarm", NoData));
    }

    [Fact]
    public void DeliveryThatLagsOrCannotConvertTriggersItsAlarm()
    {
        Assert.Equal(1, Value("DeliveryAlarm", new() { ["freshness"] = 901, ["unconverted"] = 0 }));
        Assert.Equal(10, Value("DeliveryAlarm", new() { ["freshness"] = 300, ["unconverted"] = 1 }));
        Assert.Equal(0, Value("DeliveryAlarm", new() { ["freshness"] = 900 }));
    }

    private static double? Stopped(Dictionary<string, double> metrics) => Value("StoppedAlarm", metrics);

    private static Dictionary<string, double> Without(string metric) => AllRunning.Where(one => one.Key != metric).ToDictionary();

    private static Dictionary<string, double> With(string metric, double value) => new(AllRunning) { [metric] = value };

    private static double? Value(string alarm, Dictionary<string, double> metrics, bool isDeployed = true, int retentionHours = 168)
    {
        var entries = StackTemplate.Shipped[alarm].Properties["Metrics"]!.AsArray();
        var ids = entries.Skip(1).Select(entry => (string)entry!["Id"]!).ToHashSet();
        Assert.All(metrics.Keys, id => Assert.Contains(id, ids));
        return MetricMath.Evaluate(Expression(entries[0]!["Expression"]!, isDeployed).Replace("${RetentionHours}", retentionHours.ToString(), StringComparison.Ordinal), metrics);
    }

    private static string Expression(JsonNode node, bool isDeployed)
    {
        if (node is JsonValue)
        {
            return (string)node!;
        }

        var text = node["Fn::Sub"]!;
        return text is not JsonArray parts
            ? (string)text!
            : parts[1]!.AsObject().Aggregate(
                (string)parts[0]!, (sum, variable) => sum.Replace($"${{{variable.Key}}}", variable.Value!["Fn::If"]![isDeployed ? 1 : 2]!.ToString(), StringComparison.Ordinal));
    }
}
