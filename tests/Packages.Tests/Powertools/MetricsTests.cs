using System.Text.Json;
using AWS.Lambda.Powertools.Metrics;
using AWS.Lambda.Powertools.Metrics.Internal;

namespace Analytics.Packages.Tests.Powertools;

public sealed class MetricsTests
{
    private readonly StringWriter _output = new();
    private readonly Dictionary<string, string> _environment = new() { ["POWERTOOLS_METRICS_NAMESPACE"] = "Analytics" };

    [Fact]
    public void ALineIsInTheEmbeddedMetricFormat()
    {
        _environment["POWERTOOLS_SERVICE_NAME"] = "archive";
        var metrics = Collector();
        metrics.SetDefaultDimensions(new Dictionary<string, string> { ["Stage"] = "test" });
        metrics.AddDimension("EventType", "purchase");
        metrics.AddMetric("Records", 3, MetricUnit.Count, MetricResolution.Default);
        metrics.AddMetric("Latency", 1.5, MetricUnit.Milliseconds, MetricResolution.High);
        metrics.AddMetadata("shard_id", "shardId-0");
        metrics.AddMetadata("big", new Dictionary<string, object?> { ["a"] = 1 });
        metrics.Flush(metricsOverflow: false);

        Assert.Equal(
            """{"_aws":{"Timestamp":1767323045678,"CloudWatchMetrics":[{"Namespace":"Analytics","Metrics":[{"Name":"Records","Unit":"Count"},{"Name":"Latency","Unit":"Milliseconds","StorageResolution":1}],"Dimensions":[["Service","Stage","EventType"]]}]},"Service":"archive","Stage":"test","EventType":"purchase","Records":3,"Latency":1.5,"shard_id":"shardId-0","big":{"a":1}}""" + "\n",
            _output.ToString());
    }

    [Theory]
    [InlineData(MetricUnit.CountPerSecond, "Count/Second")]
    [InlineData(MetricUnit.KilobytesPerSecond, "Kilobytes/Second")]
    [InlineData(MetricUnit.None, "None")]
    [InlineData(MetricUnit.Percent, "Percent")]
    [InlineData(MetricUnit.Terabits, "Terabits")]
    public void AUnitHasTheNameThatCloudWatchHas(MetricUnit unit, string name)
    {
        var metrics = Collector();
        metrics.AddMetric("M", 1, unit, MetricResolution.Default);
        metrics.Flush(metricsOverflow: false);

        Assert.Contains($"\"Unit\":\"{name}\"", _output.ToString());
    }

    [Fact]
    public void EveryUnitHasAName() =>
        Assert.All(Enum.GetValues<MetricUnit>(), unit => Assert.Equal(unit.ToString().Replace("PerSecond", "/Second"), MetricUnitNames.GetName(unit)));

    [Fact]
    public void ValuesOfAMetricAreAnArrayOfAtMostAHundred()
    {
        var metrics = Collector();
        metrics.AddDimension("D", "d");
        for (var value = 0; value < 250; value++)
        {
            metrics.AddMetric("M", value, MetricUnit.Count, MetricResolution.Default);
        }

        metrics.Flush(metricsOverflow: false);

        var lines = Lines();
        Assert.Equal([100, 100, 50], lines.Select(line => line.GetProperty("M").GetArrayLength()));
        Assert.Equal(Enumerable.Range(0, 250), lines.SelectMany(line => line.GetProperty("M").EnumerateArray()).Select(value => value.GetInt32()));
        Assert.All(lines, line => Assert.Equal("d", line.GetProperty("D").GetString()));
    }

    [Fact]
    public void ALineHasAtMostAHundredMetrics()
    {
        var metrics = Collector();
        for (var index = 0; index < 201; index++)
        {
            metrics.AddMetric($"M{index}", index, MetricUnit.Count, MetricResolution.Default);
        }

        metrics.Flush(metricsOverflow: false);

        Assert.Equal([100, 100, 1], Lines().Select(line => Directive(line).GetProperty("Metrics").GetArrayLength()));
    }

    [Fact]
    public void TheThirtyFirstDimensionIsRejectedAndTheOthersStay()
    {
        _environment["POWERTOOLS_SERVICE_NAME"] = "s";
        var metrics = Collector();
        for (var index = 0; index < 29; index++)
        {
            metrics.AddDimension($"D{index}", "v");
        }

        Assert.Throws<ArgumentException>(() => metrics.AddDimension("D29", "v"));
        metrics.AddDimension("D0", "w");
        metrics.AddMetric("M", 1, MetricUnit.Count, MetricResolution.Default);
        metrics.Flush(metricsOverflow: false);

        var line = Assert.Single(Lines());
        Assert.Equal(30, Directive(line).GetProperty("Dimensions")[0].GetArrayLength());
        Assert.Equal("w", line.GetProperty("D0").GetString());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-0.5)]
    public void NegativeOrInvalidValueIsRejectedAndTheOthersAreWritten(double value)
    {
        var metrics = Collector();
        metrics.AddMetric("Good", 1, MetricUnit.Count, MetricResolution.Default);

        var exception = Assert.ThrowsAny<ArgumentException>(() => metrics.AddMetric("Bad", value, MetricUnit.Count, MetricResolution.Default));
        metrics.Flush(metricsOverflow: false);

        Assert.Contains("'Bad' needs a finite value that is not negative", exception.Message);
        Assert.DoesNotContain("Bad", _output.ToString());
        Assert.Equal(1, Assert.Single(Lines()).GetProperty("Good").GetInt32());
    }

    [Fact]
    public void DuplicateNameIsRejectedAndTheOthersAreWritten()
    {
        _environment["POWERTOOLS_SERVICE_NAME"] = "s";
        var metrics = Collector();
        metrics.SetDefaultDimensions(new Dictionary<string, string> { ["Default"] = "d" });
        metrics.AddDimension("Dimension", "d");
        metrics.AddMetadata("Metadata", 1);
        metrics.AddMetric("Metric", 1, MetricUnit.Count, MetricResolution.Default);

        foreach (var taken in (string[])["Default", "Dimension", "Metadata", "Service", "_aws"])
        {
            Assert.ThrowsAny<ArgumentException>(() => metrics.AddMetric(taken, 1, MetricUnit.Count, MetricResolution.Default));
        }

        Assert.ThrowsAny<ArgumentException>(() => metrics.AddDimension("Metric", "d"));
        Assert.ThrowsAny<ArgumentException>(() => metrics.AddDimension("Metadata", "d"));
        Assert.ThrowsAny<ArgumentException>(() => metrics.AddMetadata("Metric", 1));
        Assert.ThrowsAny<ArgumentException>(() => metrics.AddMetadata("_aws", 1));
        Assert.ThrowsAny<ArgumentException>(() => metrics.SetDefaultDimensions(new Dictionary<string, string> { ["Metric"] = "d" }));
        Assert.ThrowsAny<ArgumentException>(() => metrics.AddMetric("Metric", 1, MetricUnit.Seconds, MetricResolution.Default));
        metrics.Flush(metricsOverflow: false);

        var line = Assert.Single(Lines());
        Assert.Equal(["Metric"], Directive(line).GetProperty("Metrics").EnumerateArray().Select(metric => metric.GetProperty("Name").GetString()));
        Assert.Equal(["_aws", "Service", "Default", "Dimension", "Metric", "Metadata"], line.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("ü")]
    [InlineData("a\nb")]
    [InlineData(null)]
    public void ATextThatCloudWatchWouldNotTakeIsRejected(string? text)
    {
        var metrics = Collector();

        Assert.ThrowsAny<ArgumentException>(() => metrics.AddMetric(text!, 1, MetricUnit.Count, MetricResolution.Default));
        Assert.ThrowsAny<ArgumentException>(() => metrics.AddDimension(text!, "v"));
        Assert.ThrowsAny<ArgumentException>(() => metrics.AddDimension("D", text!));
        Assert.ThrowsAny<ArgumentException>(() => metrics.SetDefaultDimensions(new Dictionary<string, string> { ["D"] = text! }));
        Assert.ThrowsAny<ArgumentException>(() => metrics.SetNamespace(text!));
        Assert.ThrowsAny<ArgumentException>(() => metrics.AddMetadata(text!, 1));
        Assert.ThrowsAny<ArgumentException>(() => metrics.AddDimension(new string('a', 251), "v"));
        Assert.ThrowsAny<ArgumentException>(() => metrics.AddDimension("D", new string('a', 1_025)));
    }

    [Fact]
    public void AFlushForgetsAllButTheDefaultDimensions()
    {
        var metrics = Collector();
        metrics.SetDefaultDimensions(new Dictionary<string, string> { ["Stage"] = "test" });
        metrics.AddDimension("D", "d");
        metrics.AddMetadata("m", 1);
        metrics.AddMetric("A", 1, MetricUnit.Count, MetricResolution.Default);
        metrics.Flush(metricsOverflow: false);
        metrics.Flush(metricsOverflow: false);
        metrics.AddMetric("B", 2, MetricUnit.Seconds, MetricResolution.Default);
        metrics.Flush(metricsOverflow: false);

        Assert.Equal(
            ["_aws Stage D A m", "_aws Stage B"],
            Lines().Select(line => string.Join(' ', line.EnumerateObject().Select(member => member.Name))));
    }

    [Fact]
    public void SingleMetricIsWrittenOnASeparateLine()
    {
        var metrics = Collector();
        metrics.AddDimension("D", "d");
        metrics.AddMetric("A", 1, MetricUnit.Count, MetricResolution.Default);
        metrics.PushSingleMetric("ColdStart", 1, MetricUnit.Count, "Other", "svc", new Dictionary<string, string> { ["Function"] = "f" }, MetricResolution.Standard);
        metrics.Flush(metricsOverflow: false);

        var lines = Lines();
        Assert.Equal("Other", Directive(lines[0]).GetProperty("Namespace").GetString());
        Assert.Equal("""[["Function","Service"]]""", Directive(lines[0]).GetProperty("Dimensions").GetRawText());
        Assert.Equal(60, Directive(lines[0]).GetProperty("Metrics")[0].GetProperty("StorageResolution").GetInt32());
        Assert.Equal("""[["D"]]""", Directive(lines[1]).GetProperty("Dimensions").GetRawText());
        Assert.Throws<ArgumentOutOfRangeException>(() => metrics.PushSingleMetric("M", double.NaN, MetricUnit.Count, null, null, null, MetricResolution.Default));
    }

    [Fact]
    public void MetricsWithoutANamespaceAreKeptUntilThereIsOne()
    {
        _environment.Clear();
        var metrics = Collector();
        metrics.AddMetric("M", 1, MetricUnit.Count, MetricResolution.Default);

        Assert.Contains("POWERTOOLS_METRICS_NAMESPACE", Assert.Throws<SchemaValidationException>(() => metrics.Flush(metricsOverflow: false)).Message);
        metrics.SetNamespace("Later");
        metrics.Flush(metricsOverflow: false);

        Assert.Equal(1, Assert.Single(Lines()).GetProperty("M").GetInt32());
    }

    [Fact]
    public async Task ConcurrentValuesAreAllWritten()
    {
        var metrics = Collector();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var index = 0; index < 1_000; index++)
            {
                metrics.AddMetric($"M{index % 150}", 1, MetricUnit.Count, MetricResolution.Default);
                if (index % 100 == worker)
                {
                    metrics.Flush(metricsOverflow: true);
                }
            }
        })));
        metrics.Flush(metricsOverflow: false);

        var values = Lines().SelectMany(line => line.EnumerateObject()).Where(member => member.Name != "_aws").Sum(
            member => member.Value.ValueKind == JsonValueKind.Array ? member.Value.GetArrayLength() : 1);
        Assert.Equal(8_000, values);
    }

    private static JsonElement Directive(JsonElement line) => line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];

    private MetricsCollector Collector() => new(
        _environment.GetValueOrDefault, new FakeTime(DateTimeOffset.FromUnixTimeMilliseconds(1767323045678)), () => _output);

    private List<JsonElement> Lines() =>
        [.. _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
