using Analytics.Alerting.Cooldowns;
using Analytics.Alerting.Storage;

namespace Analytics.Alerting.Tests.Cooldowns;

public sealed class ShardLedgerTests
{
    private readonly FakeAlertTable _table = new();

    [Theory]
    [InlineData(1, "x", false)]
    [InlineData(2, "x", true)]
    [InlineData(3, "x", true)]
    [InlineData(4, "x", true)]
    [InlineData(5, "x", false)]
    public void AnEntryCoversTheEventsOfItsRange(int number, string id, bool isCovered) =>
        Assert.Equal(isCovered, Entry(1, 2, 4).Covers(SomeAlerts.Sequence(number), id));

    [Theory]
    [InlineData(2, "first", true)]
    [InlineData(2, "x", false)]
    [InlineData(3, "x", true)]
    [InlineData(4, "last", true)]
    [InlineData(4, "x", false)]
    public void AtOpenEdgesAnEntryCoversTheListedEvents(int number, string id, bool isCovered) =>
        Assert.Equal(isCovered, (Entry(1, 2, 4) with { AtEdges = new HashSet<string> { "first", "last" } }).Covers(SomeAlerts.Sequence(number), id));

    [Fact]
    public void AnEntryIsReadAsItWasWritten()
    {
        var entry = Entry(12, 2, 4) with
        {
            Highest = SomeAlerts.Sequence(9),
            AtEdges = new HashSet<string> { "first", "last" },
            HeldBack = new Dictionary<string, Dictionary<string, long>> { ["a"] = new() { ["x"] = 1, ["y"] = 2 }, ["b"] = new() { ["x"] = 3 } },
        };

        var read = LedgerEntry.Read(entry.ToItem("shard"));

        Assert.Equal((12, entry.First, entry.Last, entry.Highest, Some.Now), (read.Index, read.First, read.Last, read.Highest, read.WrittenAt));
        Assert.Equal(entry.AtEdges, read.AtEdges);
        Assert.Equal(entry.HeldBack, read.HeldBack);
        Assert.Null(LedgerEntry.Read(Entry(1, 2, 4).ToItem("shard")).AtEdges);
    }

    [Fact]
    public async Task TheEntriesFromASequenceNumberOnAreRead()
    {
        Put(Entry(1, 1, 2), Entry(2, 3, 4), Entry(3, 5, 6));

        var ledger = await ReadAsync(4);

        Assert.Equal((3, Some.Now), (ledger.LastIndex, ledger.LastWrittenAt));
        Assert.Equal([false, false, true, true, true, true, false], Enumerable.Range(1, 7).Select(number => ledger.Covers(SomeAlerts.Sequence(number), "x")));
    }

    [Fact]
    public async Task AnEmptyLedgerStartsWithOne()
    {
        var ledger = await ReadAsync(1);

        Assert.Equal((0, null), (ledger.LastIndex, ledger.LastWrittenAt));
        Assert.False(ledger.Covers(SomeAlerts.Sequence(1), "x"));
        var next = Next(ledger, 1, 2, Some.Now);
        Assert.Equal((1, SomeAlerts.Sequence(2), Some.Now), (next.Index, next.Highest, next.WrittenAt));
    }

    [Fact]
    public async Task TheHighestSequenceNumberAndTheTimeNeverDecrease()
    {
        Put(Entry(1, 5, 9));
        var ledger = await ReadAsync(1);

        var earlier = Next(ledger, 1, 2, Some.Now.AddMinutes(-1));
        var later = Next(ledger, 10, 12, Some.Now.AddMinutes(1));

        Assert.Equal((2, SomeAlerts.Sequence(9), Some.Now), (earlier.Index, earlier.Highest, earlier.WrittenAt));
        Assert.Equal((2, SomeAlerts.Sequence(12), Some.Now.AddMinutes(1)), (later.Index, later.Highest, later.WrittenAt));
    }

    [Fact]
    public async Task TheEntriesAfterAnIndexAreReadUnlessTheyHaveExpired()
    {
        Put(Entry(1, 1, 1), Entry(2, 2, 2) with { WrittenAt = Some.Now - AlertItems.Retention }, Entry(3, 3, 3), Entry(10, 4, 4));

        var indexes = new List<long>();
        await foreach (var entry in ShardLedger.ReadAfterAsync(_table, "shard", 1, Some.Now, CancellationToken.None))
        {
            indexes.Add(entry.Index);
        }

        Assert.Equal([3, 10], indexes);
    }

    private void Put(params LedgerEntry[] entries)
    {
        foreach (var entry in entries)
        {
            var item = entry.ToItem("shard");
            _table.Items.Add((item[AlertItems.Partition].S, item[AlertItems.Sort].S), item);
        }
    }

    private Task<ShardLedger> ReadAsync(int from) => ShardLedger.ReadAsync(_table, "shard", SomeAlerts.Sequence(from), CancellationToken.None);

    private static LedgerEntry Next(ShardLedger ledger, int first, int last, DateTimeOffset now) =>
        ledger.Next(SomeAlerts.Sequence(first), SomeAlerts.Sequence(last), null, new Dictionary<string, Dictionary<string, long>>(), now);

    private static LedgerEntry Entry(long index, int first, int last) => new()
    {
        Index = index,
        First = SomeAlerts.Sequence(first),
        Last = SomeAlerts.Sequence(last),
        Highest = SomeAlerts.Sequence(last),
        HeldBack = new Dictionary<string, Dictionary<string, long>>(),
        WrittenAt = Some.Now,
    };
}
