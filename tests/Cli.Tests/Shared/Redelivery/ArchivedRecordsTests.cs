using System.Text;
using Analytics.Archiving;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Tests.Shared.Redelivery;

public sealed class ArchivedRecordsTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task PlainRecordHasItsOriginalBytes()
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
    public async Task DividedUserRecordsAreRestoredToOneRecord()
    {
        var record = Assert.Single(await RestoreAsync(Entry("7", 0, "{}", "u1"), Entry("7", 0, "{}", "u2"), Entry("7", 0, "{}", "u1", occurrence: 1)));

        Assert.Equal(3, record.UserRecords);
        Assert.Equal(["u1:0", "u2:0", "u1:1"], Identities(record));
    }

    [Fact]
    public async Task AUserRecordKeepsItsOccurrenceThoughTheArchiveLacksThoseBefore()
    {
        var record = Assert.Single(await RestoreAsync(Entry("7", 2, "{}", "u", occurrence: 2), Entry("7", 3, "[]", "u", occurrence: 0)));

        Assert.Equal(["u:0", "u:1", "u:2", "u:0"], Identities(record));
    }

    private static List<string> Identities(PastRecord record)
    {
        var occurrences = new OccurrenceCounter();
        var identities = new List<string>();
        foreach (ref readonly var user in new EventReader(EventLimits.Default).Read(record.Data))
        {
            var key = user.PartitionKey ?? record.PartitionKey;
            identities.Add($"{key}:{occurrences.Next(RecordFingerprint.Compute(key, user.Data.Span))}");
        }

        return identities;
    }

    private static ArchiveEntry Entry(string sequenceNumber, int sub, string data, string partitionKey, int? occurrence = null)
    {
        var bytes = Encoding.UTF8.GetBytes(data);
        var identity = new RecordIdentity(
            "shardId-000000000000", SequenceNumber.Parse(sequenceNumber), RecordFingerprint.Compute(partitionKey, bytes), occurrence ?? 0);
        return new ArchiveEntry(identity, sub, occurrence is not null, bytes, null, partitionKey, Time);
    }

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
