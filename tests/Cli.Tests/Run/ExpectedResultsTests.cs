using System.Text;
using Amazon.Lambda.KinesisEvents;
using Analytics.Cli.Run;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Tests.Run;

public sealed class ExpectedResultsTests
{
    private const string Shard = "shardId-000000000000";
    private static readonly DateTime Arrival = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private readonly ExpectedResults _results = new(EventTimeBounds.Default);

    [Fact]
    public void AnEventIsExpectedByItsIdentifierAndTime()
    {
        Add("1", """{"order_id":"o1","amount":5,"timestamp":"2026-03-01T11:00:00Z"}""");
        _results.Found("o1", "1772362800000");
        _results.Finish();

        Assert.Equal((1, 0), (_results.Count, _results.Repeated));
        Assert.Empty(_results.Differences);
    }

    [Fact]
    public void WithoutIdentifierAndTimeItIsExpectedByItsRecordAndArrival()
    {
        const string Json = """{"event_type":"click"}""";
        Add("42", Json);
        _results.Found($"{Shard}:42:{RecordFingerprint.Compute("u", Encoding.UTF8.GetBytes(Json)):x16}", "1772366400000");
        _results.Finish();

        Assert.Empty(_results.Differences);
    }

    [Fact]
    public void TheSameIdentifierAndTimeAreOneItem()
    {
        Add("1", """{"order_id":"o1","amount":5,"timestamp":"2026-03-01T11:00:00Z"}""");
        Add("2", """{"order_id":"o1","amount":6,"timestamp":"2026-03-01T11:00:00Z"}""");
        _results.Found("o1", "1772362800000");
        _results.Finish();

        Assert.Equal((1, 1), (_results.Count, _results.Repeated));
        Assert.Empty(_results.Differences);
    }

    [Fact]
    public void MissingAndExtraAlertsAreDifferences()
    {
        Add("1", """{"event_type":"click"}""");
        _results.Found("stranger", "1");
        _results.Finish();

        Assert.Equal("1 results without an event that was sent, such as stranger", _results.Differences[0]);
        Assert.StartsWith($"1 events without a result, such as {Shard}:1:", _results.Differences[1], StringComparison.Ordinal);
        Assert.Equal(2, _results.Differences.Count);
    }

    private void Add(string sequenceNumber, string json)
    {
        var data = Encoding.UTF8.GetBytes(json);
        var record = new StreamRecord(
            new KinesisEvent.KinesisEventRecord
            {
                Kinesis = new KinesisEvent.Record { SequenceNumber = sequenceNumber, PartitionKey = "u", ApproximateArrivalTimestamp = Arrival, Data = new MemoryStream(data) },
            },
            Shard);
        foreach (ref readonly var user in new EventReader(EventLimits.Default).Read(data))
        {
            _results.Add(record, user);
        }
    }
}
