using System.Text;
using Analytics.Cli.Shared.Sending;
using Analytics.Events;

namespace Analytics.Cli.Tests.Shared.Sending;

public sealed class AggregationTests
{
    [Fact]
    public void RecordsOfOnePartitionKeyAreOneAggregateInTheirOrder()
    {
        var records = Aggregation.Aggregate([Record("a", "1"), Record("b", "2"), Record("a", "3"), Record("a", "1")]).ToList();

        Assert.Equal([("a", 3), ("b", 1)], records.Select(record => (record.PartitionKey, record.UserRecords)));
        Assert.True(AggregatedRecord.TryRead(records[0].Data, out var users));
        Assert.Equal(["a:1", "a:3", "a:1"], users.Select(user => $"{user.PartitionKey}:{Text(user.Data)}"));
        Assert.Equal("2", Text(records[1].Data));
    }

    [Fact]
    public void AggregatesAreDividedFirst()
    {
        var record = Assert.Single(Aggregation.Aggregate([Record("a", "1"), new OutgoingRecord("a", AggregateWriter.Pack([("a", "2"u8.ToArray()), ("a", "3"u8.ToArray())]), 2)]));

        Assert.True(AggregatedRecord.TryRead(record.Data, out var users));
        Assert.Equal(["1", "2", "3"], users.Select(user => Text(user.Data)));
        Assert.Equal(3, record.UserRecords);
    }

    [Fact]
    public void AggregateStaysBelowItsLimitAndContainsAllRecords()
    {
        var text = new string('x', 30_000);
        var records = Aggregation.Aggregate(Enumerable.Range(0, 5).Select(_ => Record("a", text)).Append(Record("a", new string('y', 200_000)))).ToList();

        Assert.All(records, record => Assert.True(record.UserRecords == 1 || record.Data.Length < Aggregation.MaxBytes + 1_000));
        Assert.Equal(6, records.Sum(record => record.UserRecords));
    }

    private static OutgoingRecord Record(string key, string text) => new(key, Encoding.UTF8.GetBytes(text));

    private static string Text(ReadOnlyMemory<byte> data) => Encoding.UTF8.GetString(data.Span);
}
