namespace Analytics.Cli.Cost;

/// <summary>
/// The cost of the designs that this pipeline replaces, for the same load: the calls that each makes for a record, on the same stream, at the same prices.
/// Where they do not specify something, the assumption favours them; see docs/cost.md.
/// </summary>
/// <param name="load">The load.</param>
/// <param name="shards">Shards of the stream, the same number as in this design.</param>
/// <param name="measured">Provides the share of events that raise an alert.</param>
internal sealed class ReferenceBills(Load load, int shards, Measurements measured)
{
    private const int BatchSize = 100;
    private const int WindowSeconds = 5;
    private const int RetentionHours = 24;
    private const decimal MemoryGigabytes = 128m / 1024;
    private const decimal BatchMilliseconds = 5;
    private const decimal DynamoDbMilliseconds = 5;
    private const decimal OtherMilliseconds = 20;
    private const decimal PurchaseShare = 0.06m;
    private const int LineOverheadBytes = 200;
    private const int ArchiveMetrics = 3;
    private const int ResultsRetentionDays = 30;
    private const int FirehoseStepBytes = 5 * 1024;

    /// <summary>Computes the bills of A, B and C.</summary>
    public IReadOnlyList<Bill> Compute(PriceTable prices) => [A(prices), B(prices), C(prices)];

    /// <summary>One S3 object per record; totals by one PutMetricData call per batch.</summary>
    private Bill A(PriceTable prices)
    {
        var bill = Begin("A", "one S3 object per event; totals by one PutMetricData call per batch", prices, OtherMilliseconds, OtherMilliseconds);
        bill.Add("s3.put", load.EventsPerMonth);
        bill.Add("s3.storage", load.EventsPerMonth * (load.EventBytes + LineOverheadBytes) / Load.Gigabyte);
        bill.Add("cloudwatch.putMetricData", ConsumerBatches.PerMonth);
        bill.Add("cloudwatch.metric", ArchiveMetrics);
        return bill;
    }

    /// <summary>One DynamoDB item per record; metrics by one PutMetricData call per event and another per purchase.</summary>
    private Bill B(PriceTable prices)
    {
        var bill = Begin("B", "one DynamoDB item per event; metrics by PutMetricData calls per event", prices, DynamoDbMilliseconds + ((1 + PurchaseShare) * OtherMilliseconds), 0);
        ResultsBill.Add(bill, load, ResultsRetentionDays, hasPointInTimeRecovery: false);
        bill.Add("cloudwatch.putMetricData", load.EventsPerMonth * (1 + PurchaseShare));
        bill.Add("cloudwatch.metric", measured.CustomMetrics - ArchiveMetrics);
        return bill;
    }

    /// <summary>One DynamoDB counter update per record; alerts by SNS; all records through Firehose to S3.</summary>
    private Bill C(PriceTable prices)
    {
        var alerts = load.EventsPerMonth * measured.AlertShare;
        var bill = Begin("C", "one DynamoDB counter update per event; alerts by SNS; all events through Firehose to S3", prices, DynamoDbMilliseconds + (measured.AlertShare * OtherMilliseconds), 0);
        bill.Add("s3.storage", load.GigabytesPerMonth);
        bill.Add("dynamodb.write", load.EventsPerMonth);
        bill.Add("sns.publish", alerts);
        bill.Add("firehose.ingest", load.GigabytesInSteps(FirehoseStepBytes));
        return bill;
    }

    private Batches ConsumerBatches => Batches.Estimate(load, shards, BatchSize, WindowSeconds, lanes: 1);

    private Bill Begin(string design, string does, PriceTable prices, decimal millisecondsPerRecord, decimal millisecondsPerBatch)
    {
        var bill = new Bill(design, does, prices);
        var batches = ConsumerBatches;
        StreamBill.AddProvisioned(bill, load, shards, RetentionHours);
        bill.Add("lambda.request", batches.PerMonth);
        var milliseconds = Math.Ceiling(BatchMilliseconds + millisecondsPerBatch + (batches.Records * millisecondsPerRecord));
        bill.Add("lambda.x86_64", batches.PerMonth * milliseconds / 1000 * MemoryGigabytes);
        return bill;
    }
}
