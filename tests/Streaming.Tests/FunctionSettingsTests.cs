namespace Analytics.Streaming.Tests;

public sealed class FunctionSettingsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void MissingSettingIsReportedInOneLine(string? value)
    {
        var exception = Assert.Throws<FunctionSettingException>(() => Settings(("ARCHIVE_BUCKET", value)).Required("ARCHIVE_BUCKET", "a bucket"));

        Assert.Equal("Environment variable ARCHIVE_BUCKET is missing: set it to a bucket.", exception.Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("3654")]
    [InlineData("thirty")]
    public void NumberOutOfBoundsIsReportedWithItsBounds(string value)
    {
        var exception = Assert.Throws<FunctionSettingException>(() => Settings(("DAYS", value)).Number("DAYS", 30, 1, 3653));

        Assert.Equal($"Environment variable DAYS is '{value}': set it to a whole number from 1 to 3653.", exception.Message);
    }

    [Fact]
    public void MissingNumberHasItsDefault() => Assert.Equal(30, Settings().Number("DAYS", 30, 1, 3653));

    [Fact]
    public void EventTimeBoundsAreHours()
    {
        var bounds = Settings(("EVENT_TIME_PAST_HOURS", "24"), ("EVENT_TIME_FUTURE_HOURS", "0")).EventTimeBounds;

        Assert.Equal(new EventTimeBounds { Past = TimeSpan.FromDays(1), Future = TimeSpan.Zero }, bounds);
    }

    [Fact]
    public void EventTimeBoundsThatAreMissingAreTheOnesAsShipped() => Assert.Equal(EventTimeBounds.Default, Settings().EventTimeBounds);

    [Theory]
    [InlineData("AWS/Lambda")]
    [InlineData("with space")]
    public void InvalidMetricNamespaceIsReported(string value) =>
        Assert.Contains(
            "POWERTOOLS_METRICS_NAMESPACE",
            Assert.Throws<FunctionSettingException>(() => Settings(("POWERTOOLS_METRICS_NAMESPACE", value)).MetricsNamespace("X")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void AMetricNamespaceHasAtMost255Characters()
    {
        Assert.Equal(255, Settings(("POWERTOOLS_METRICS_NAMESPACE", new string('n', 255))).MetricsNamespace("X").Length);
        Assert.Throws<FunctionSettingException>(() => Settings(("POWERTOOLS_METRICS_NAMESPACE", new string('n', 256))).MetricsNamespace("X"));
    }

    [Fact]
    public void AMetricNamespaceHasTheCharactersThatCloudWatchAllows()
    {
        const string Allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./_#:-";

        Assert.Equal(Allowed, Settings(("POWERTOOLS_METRICS_NAMESPACE", Allowed)).MetricsNamespace("X"));
        Assert.Equal("X", Settings().MetricsNamespace("X"));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("3653", 3653)]
    public void BoundsOfANumberAreValid(string value, int number) => Assert.Equal(number, Settings(("DAYS", value)).Number("DAYS", 30, 1, 3653));

    [Theory]
    [InlineData(null, 300)]
    [InlineData("0", 0)]
    [InlineData("5", 5)]
    public void TheBatchingWindowIsInSeconds(string? value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Settings(("COUNTERS_BATCHING_SECONDS", value)).CountersBatchingWindow);

    [Fact]
    public void InvalidDefinitionsAreReported() =>
        Assert.Contains(
            "no-such-file.json",
            Assert.Throws<FunctionSettingException>(() => Settings(("DEFINITIONS_FILE", "no-such-file.json")).Definitions).Message,
            StringComparison.Ordinal);

    private static FunctionSettings Settings(params (string Name, string? Value)[] variables) =>
        new(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
