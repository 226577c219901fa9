using System.Text;
using Analytics.Cli.Archiving;
using Analytics.Cli.Redelivery;
using Analytics.Events;

namespace Analytics.Cli.Tests.Redelivery;

public sealed class ArchivedRecordsTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task ARecordOfItsOwnHasItsBytesAgain()
    {
        var record = Assert.Single(await RestoreAsync(Entry("7", 0, """{"a":1}""", "u1")));

        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(record.Data.Span));
        Assert.Equal("7", record.SequenceNumber.ToString());
        Assert.Equal("u1", record.PartitionKey);
        Assert.Equal(Time, record.ArrivalTime);
    }

    [Fact]
    public async Task UserRecordsOfOneRecordAreOneAgainEachInItsPlace()
    {
        var record = Assert.Single(await RestoreAsync(
            Entry("7", 0, """{"a":1}""", "u1"), Entry("7", 1, "not json", "u2"), Entry("7", 2, """{"a":3}""", "u1")));

        var read = new List<(string Data, int Place, bool IsEvent)>();
        foreach (ref readonly var user in new EventReader(EventLimits.Default).Read(record.Data))
        {
            read.Add((Encoding.UTF8.GetString(user.Data.Span), user.SubSequenceNumber, user.IsEvent));
        }

        Assert.Equal([("""{"a":1}""", 0, true), ("not json", 1, false), ("""{"a":3}""", 2, true)], read);
    }

    [Fact]
    public async Task ARecordThatIsNotWholeIsLeftOut()
    {
        var records = await RestoreAsync(Entry("7", 0, "{}", "u"), Entry("7", 2, "{}", "u"), Entry("8", 0, "{}", "u"), Entry("9", 1, "{}", "u"));

        Assert.Equal(["8"], records.Select(record => record.SequenceNumber.ToString()));
    }

    private static ArchiveEntry Entry(string sequenceNumber, int sub, string data, string partitionKey) =>
        new(new UserRecordKey("shardId-000000000000", sequenceNumber, sub), Encoding.UTF8.GetBytes(data), null, partitionKey, Time);

    private static async Task<List<PastRecord>> RestoreAsync(params ArchiveEntry[] entries)
    {
        var records = new List<PastRecord>();
        await foreach (var record in ArchivedRecords.ReadAsync(entries.ToAsyncEnumerable(), CancellationToken.None))
        {
            records.Add(record);
        }

        return records;
    }
}
