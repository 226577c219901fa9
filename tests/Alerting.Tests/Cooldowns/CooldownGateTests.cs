using System.Globalization;
using Analytics.Alerting.Cooldowns;

namespace Analytics.Alerting.Tests.Cooldowns;

public sealed class CooldownGateTests
{
    private static readonly DateTimeOffset Noon = Some.Now;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly CooldownGate _gate = CooldownGate.Read(null, Noon);

    [Fact]
    public void TheFirstEventOfAKeyWinsAndOthersAreHeldBackUntilItsCooldownEnds()
    {
        Assert.False(_gate.IsChanged);
        var first = Decide(1, "a", Noon).Win!;
        Assert.True(_gate.IsChanged);
        Assert.Equal((0, null), (first.HeldBack, first.LastAlert));

        Assert.Equal(new CooldownVerdict("a", null), Decide(2, "a", Noon.AddHours(1).AddTicks(-1)));
        Assert.NotNull(Decide(3, "b", Noon).Win);
        Hold("a", 1);
        var second = Decide(4, "a", Noon.AddHours(1)).Win!;

        Assert.Equal((1, Noon), (second.HeldBack, second.LastAlert));
        Assert.Equal(0, Decide(5, "a", Noon.AddHours(2)).Win!.HeldBack);
    }

    [Fact]
    public void ADecisionIsTheSameOnRedeliveryAlsoFromTheStoredItem()
    {
        var verdict = Decide(1, "a", Noon);
        Assert.Equal(verdict, Decide(1, "a", Noon));

        var read = CooldownGate.Read(_gate.ToItem("order", Noon), Noon);

        Assert.Equal(1, read.Version);
        Assert.False(read.IsChanged);
        Assert.Equal(verdict, read.Decide(Match(1, "a", Noon), Hour));
        Assert.Null(read.Decide(Match(2, "a", Noon), Hour).Win);
        Assert.Equal(2, CooldownGate.Read(read.ToItem("order", Noon), Noon).Version);
    }

    [Fact]
    public void TheNumberHeldBackAndTheLastAlertOfAWinnerAreStored()
    {
        _ = Decide(1, "a", Noon);
        Hold("a", 6);
        var second = Decide(2, "a", Noon.AddHours(1));

        Assert.Equal(second, CooldownGate.Read(_gate.ToItem("order", Noon), Noon).Decide(Match(2, "a", Noon.AddHours(1)), Hour));
        Assert.Equal((6, Noon), (second.Win!.HeldBack, second.Win.LastAlert));
    }

    [Fact]
    public void AnExpiredItemIsForgottenButItsVersionIsKept()
    {
        _ = Decide(1, "a", Noon);
        _gate.Register(Ledger("s"), Noon);
        var item = _gate.ToItem("order", Noon);

        var read = CooldownGate.Read(item, Noon.AddDays(28));

        Assert.Equal(1, read.Version);
        Assert.Empty(read.Keys);
        Assert.Empty(read.Shards);
        Assert.NotEmpty(CooldownGate.Read(item, Noon.AddDays(28).AddSeconds(-1)).Keys);
    }

    [Fact]
    public void AnEntryOfALedgerIsAddedAndTheWinnersThatItCoversAreForgotten()
    {
        _ = Decide(1, "a", Noon);
        _ = Decide(2, "b", Noon);
        Assert.Null(_gate.FoldedUpTo("shard"));

        _gate.Fold("shard", Entry(4, "order", ("a", 3)), "order");
        _gate.Fold("shard", Entry(5, "other rule", ("a", 9)), "order");

        Assert.Equal(5, _gate.FoldedUpTo("shard"));
        Assert.Equal(3, _gate.Keys.Single(key => key.Key == "a").HeldBack);
        Assert.Null(Decide(1, "a", Noon).Win);
        Assert.NotNull(Decide(2, "b", Noon).Win);
    }

    [Fact]
    public void AnEntryOfAnotherShardForgetsNoWinner()
    {
        _ = Decide(1, "a", Noon);

        _gate.Fold("another", Entry(1, "order", ("a", 1)), "order");

        Assert.NotNull(Decide(1, "a", Noon).Win);
    }

    [Fact]
    public void AShardIsRegisteredOnceAndNotLongerThanItsLastEntry()
    {
        _gate.Register(Ledger("s"), Noon);
        Assert.True(_gate.IsChanged);
        Assert.Equal(0, _gate.FoldedUpTo("s"));
        var read = CooldownGate.Read(_gate.ToItem("order", Noon), Noon.AddDays(27));
        read.Register(Ledger("s"), Noon);

        Assert.False(read.IsChanged);
        Assert.Equal(["s"], read.Shards);
        var rewritten = read.ToItem("order", Noon.AddDays(27));
        Assert.Equal(["s"], CooldownGate.Read(rewritten, Noon.AddDays(28).AddTicks(-1)).Shards);
        Assert.Empty(CooldownGate.Read(rewritten, Noon.AddDays(28)).Shards);
    }

    [Fact]
    public void InABatchAtMostFiftyOneEventsWin()
    {
        var period = TimeSpan.FromTicks(1);
        var wins = Enumerable.Range(0, 60).Count(number => _gate.Decide(Match(number, "a", Noon.AddTicks(number)), period).Win is not null);

        Assert.Equal(51, wins);
        Assert.Equal(51, CooldownGate.MaxWinsPerBatch);
        Assert.Equal("(other)", _gate.Decide(Match(99, "new", Noon.AddDays(1)), period).Key);
    }

    [Fact]
    public void TheWinnersOfTwoBatchesAreRemembered()
    {
        var gate = _gate;
        for (var number = 0; number < CooldownGate.MaxWins + 1; number++)
        {
            gate = CooldownGate.Read(gate.ToItem("order", Noon), Noon);
            Assert.NotNull(gate.Decide(Match(number, "a", Noon.AddHours(number)), Hour).Win);
        }

        Assert.Null(gate.Decide(Match(0, "a", Noon), Hour).Win);
        Assert.NotNull(gate.Decide(Match(1, "a", Noon.AddHours(1)), Hour).Win);
    }

    private CooldownVerdict Decide(int number, string key, DateTimeOffset arrival) => _gate.Decide(Match(number, key, arrival), Hour);

    private void Hold(string key, int count) => _gate.Fold("elsewhere", Entry(1, "order", (key, count)), "order");

    private static CooldownMatch Match(int number, string key, DateTimeOffset arrival) =>
        new(key, number.ToString(CultureInfo.InvariantCulture), "shard", SomeAlerts.Sequence(number), arrival);

    /// <summary>An entry that covers the first record.</summary>
    private static LedgerEntry Entry(long index, string rule, (string Key, long Count) held) => new()
    {
        Index = index,
        First = SomeAlerts.Sequence(1),
        Last = SomeAlerts.Sequence(1),
        Highest = SomeAlerts.Sequence(1),
        HeldBack = new Dictionary<string, Dictionary<string, long>> { [rule] = new() { [held.Key] = held.Count } },
        WrittenAt = Noon,
    };

    private static ShardLedger Ledger(string shardId) =>
        ShardLedger.ReadAsync(new FakeAlertTable(), shardId, SomeAlerts.Sequence(1), CancellationToken.None).GetAwaiter().GetResult();
}
