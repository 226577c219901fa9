namespace Analytics.Cli.Cost;

/// <summary>
/// What the designs that this pipeline replaces cost for the same load: what each calls for a record, on the same stream, at the same prices.
/// What they do not say is assumed in their favour, see docs/cost.md.
/// </summary>
/// <param name="load">What producers send.</param>
/// <param name="shards">Shards of the stream, as this design has.</param>
/// <param name="measured">The share of events that raise an alert.</param>
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

    /// <summary>A, B and C.</summary>
    public IReadOnlyList<Bill> Reckon(PriceTable prices) => [A(prices), B(prices), C(prices)];

    /// <summary>Each record put to S3 as an object; totals by PutMetricData, a call a batch.</summary>
    private Bill A(PriceTable prices)
    {
        var bill = Begin("A", "each event an object in S3; totals by a PutMetricData call a batch", prices, OtherMilliseconds, OtherMilliseconds);
        bill.Add("s3.put", load.EventsPerMonth);
        bill.Add("s3.storage", load.EventsPerMonth * (load.EventBytes + LineOverheadBytes) / Load.Gigabyte);
        bill.Add("cloudwatch.putMetricData", BatchesOfIt.PerMonth);
        bill.Add("cloudwatch.metric", ArchiveMetrics);
        return bill;
    }

    /// <summary>Each record put to DynamoDB; its metrics by PutMetricData, a call an event and another a purchase.</summary>
    private Bill B(PriceTable prices)
    {
        var bill = Begin("B", "each event an item in DynamoDB; metrics by PutMetricData calls for each event", prices, DynamoDbMilliseconds + ((1 + PurchaseShare) * OtherMilliseconds), 0);
        ResultsBill.Add(bill, load, ResultsRetentionDays, hasPointInTimeRecovery: false);
        bill.Add("cloudwatch.putMetricData", load.EventsPerMonth * (1 + PurchaseShare));
        bill.Add("cloudwatch.metric", measured.CustomMetrics - ArchiveMetrics);
        return bill;
    }

    /// <summary>Each record an update of a counter in DynamoDB; alerts by SNS; all records through Firehose to S3.</summary>
    private Bill C(PriceTable prices)
    {
        var alerts = load.EventsPerMonth * measured.AlertShare;
        var bill = Begin("C", "each event an update of a counter in DynamoDB; alerts by SNS; all events through Firehose to S3", prices, DynamoDbMilliseconds + (measured.AlertShare * OtherMilliseconds), 0);
        bill.Add("s3.storage", load.GigabytesPerMonth);
        bill.Add("dynamodb.write", load.EventsPerMonth);
        bill.Add("sns.publish", alerts);
        bill.Add("firehose.ingest", load.GigabytesInSteps(FirehoseStepBytes));
        return bill;
    }

    private Batches BatchesOfIt => Batches.Of(load, shards, BatchSize, WindowSeconds, lanes: 1);

    private Bill Begin(string design, string does, PriceTable prices, decimal millisecondsPerRecord, decimal millisecondsPerBatch)
    {
        var bill = new Bill(design, does, prices);
        var batches = BatchesOfIt;
        StreamBill.AddProvisioned(bill, load, shards, RetentionHours);
        bill.Add("lambda.request", batches.PerMonth);
        var milliseconds = Math.Ceiling(BatchMilliseconds + millisecondsPerBatch + (batches.Records * millisecondsPerRecord));
        bill.Add("lambda.x86_64", batches.PerMonth * milliseconds / 1000 * MemoryGigabytes);
        return bill;
    }
}
