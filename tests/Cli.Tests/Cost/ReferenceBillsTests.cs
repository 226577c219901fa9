using Analytics.Cli.Cost;

namespace Analytics.Cli.Tests.Cost;

public sealed class ReferenceBillsTests
{
    private const decimal Gigabyte = 1_073_741_824;
    private const decimal Events = 2_628_000_000;

    private static readonly IReadOnlyList<Bill> Bills =
        new ReferenceBills(Some.Load, shards: 2, Some.Measured(Some.Run("Archive", 500, 20), Some.Run("Archive", 1_000, 30))).Compute(Some.Prices);

    [Fact]
    public void APutsEachEventToS3()
    {
        Assert.Equal(Events, Bills[0].Quantity("s3.put"));
        Assert.Equal(Events * 600 / Gigabyte, Bills[0].Quantity("s3.storage"));
        Assert.Equal(13_140 + decimal.Round(Events * 600 / Gigabyte * 0.023m, 6), Bills[0].GetUsd("S3"));
        Assert.Equal(Events / 100, Bills[0].Quantity("cloudwatch.putMetricData"));
    }

    [Fact]
    public void BPutsEachEventToDynamoDbAndItsMetricsToCloudWatch()
    {
        Assert.Equal(Events, Bills[1].Quantity("dynamodb.write"));
        Assert.Equal(Events * 1.06m, Bills[1].Quantity("cloudwatch.putMetricData"));
    }

    [Fact]
    public void CUpdatesDynamoDbForEachEventAndSendsAllThroughFirehose()
    {
        Assert.Equal(Events, Bills[2].Quantity("dynamodb.write"));
        Assert.Equal(Events * 5 * 1024 / Gigabyte, Bills[2].Quantity("firehose.ingest"));
        Assert.Equal(Events / 1_000, Bills[2].Quantity("sns.publish"));
    }

    [Fact]
    public void AllHaveTheSameStreamWithADaysRetention() => Assert.All(Bills, bill =>
    {
        Assert.Equal((2 * 730, Events), (bill.Quantity("kinesis.shardHour"), bill.Quantity("kinesis.putUnit")));
        Assert.Equal(0, bill.Quantity("kinesis.extendedRetention"));
    });

    [Fact]
    public void TheirFunctionsWaitForOneCallAfterTheOther()
    {
        // 26,280,000 batches of 100: 5 ms, and 100 times 5 ms for a put, at an eighth of a GB; an alert's 20 ms every thousandth.
        Assert.Equal(26_280_000, Bills[2].Quantity("lambda.request"));
        Assert.Equal(26_280_000 * 0.507m / 8, Bills[2].Quantity("lambda.x86_64"));
    }
}
