using Analytics.Cli.Shared.Metrics;
using Analytics.Local.Metrics;

namespace Analytics.Cli.Tests.Shared.Metrics;

public sealed class MetricTotalsTests
{
    private static readonly MetricValue[] Values =
    [
        Value("Shop", "Events", 0, ("Type", "click")),
        Value("Shop", "Events", 1, ("Type", "click")),
        Value("Shop", "Events", 1, ("Type", "login")),
        Value("AWS/Lambda", "Errors", 1, ("FunctionName", "f")),
    ];

    [Fact]
    public void TheMinutesOfAMetricAreOne() =>
        Assert.Equal([2, 1, 1], MetricTotals.Sum(Values).Select(value => value.SampleCount));

    [Fact]
    public void EachCombinationOfDimensionsIsACustomMetricExceptThoseOfAws() => Assert.Equal(2, MetricTotals.CountCustom(Values));

    private static MetricValue Value(string nameSpace, string name, int minute, (string Name, string Value) dimension) => new()
    {
        Namespace = nameSpace,
        Name = name,
        Dimensions = [KeyValuePair.Create(dimension.Name, dimension.Value)],
        Unit = "Count",
        Minute = DateTimeOffset.UnixEpoch.AddMinutes(minute),
        SampleCount = 1,
        Sum = 1,
        Minimum = 1,
        Maximum = 1,
    };
}
