using Analytics.Local.Metrics;

namespace Analytics.Local.Tests.Metrics;

public sealed class EmbeddedMetricFormatTests
{
    private const string Line = """
        {"_aws":{"Timestamp":1772366400000,"CloudWatchMetrics":[{"Namespace":"Shop","Metrics":[{"Name":"Sold","Unit":"Count"},{"Name":"Amount"}],"Dimensions":[["Service"],["Service","Kind"]]}]},"Service":"results","Kind":"a","Sold":3,"Amount":[1.5,2.5],"Other":true}
        """;

    [Fact]
    public void EachMetricHasAValueForEachSetOfDimensions()
    {
        var data = EmbeddedMetricFormat.Read(Line);

        Assert.Equal(
            ["Sold Count Service=results 3", "Amount None Service=results 1.5", "Amount None Service=results 2.5",
                "Sold Count Kind=a,Service=results 3", "Amount None Kind=a,Service=results 1.5", "Amount None Kind=a,Service=results 2.5"],
            data.Select(one => FormattableString.Invariant(
                $"{one.Name} {one.Unit} {string.Join(',', one.Dimensions.Select(dimension => $"{dimension.Key}={dimension.Value}"))} {one.Value}")));
        Assert.All(data, one => Assert.Equal(("Shop", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)), (one.Namespace, one.Time)));
    }

    [Theory]
    [InlineData("START RequestId: 1")]
    [InlineData("""{"message":"\"_aws\""}""")]
    [InlineData("""{"_aws":""")]
    [InlineData("""{"_aws":{}}""")]
    [InlineData("""{"_aws":{"Timestamp":"now","CloudWatchMetrics":[]}}""")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"","Metrics":[{"Name":"A"}],"Dimensions":[[]]}]},"A":1}""")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"N","Metrics":[{"Name":"A","Unit":"Apples"}],"Dimensions":[[]]}]},"A":1}""")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"N","Metrics":[{"Name":"A"}],"Dimensions":[["Missing"]]}]},"A":1}""")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"N","Metrics":[{"Name":"A"}],"Dimensions":[[]]}]},"A":"text"}""")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"N","Metrics":[{"Name":"A"}],"Dimensions":[[]]}]}}""")]
    public void ALineThatDoesNotKeepToTheFormatHoldsNoMetric(string line) => Assert.Empty(EmbeddedMetricFormat.Read(line));

    [Fact]
    public void MoreThanAHundredValuesAreNone() => Assert.Empty(EmbeddedMetricFormat.Read(
        Line.Replace("[1.5,2.5]", $"[{string.Join(',', Enumerable.Range(0, 101))}]", StringComparison.Ordinal)));
}
