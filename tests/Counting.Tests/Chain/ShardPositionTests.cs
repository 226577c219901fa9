using Analytics.Counting.Chain;
using Analytics.Streaming;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Counting.Tests.Chain;

public sealed class ShardPositionTests
{
    [Fact]
    public void KeysSortAsPositionsCome()
    {
        string[] keys =
        [
            ShardPosition.Start.Key,
            ShardPosition.Closed(SequenceNumber.Parse("7")).Key,
            Open("12", 1).Key,
            Open("12", 2).Key,
            Open("12", 1, 2).Key,
            Open("12", [.. Enumerable.Repeat(1, 10)]).Key,
            ShardPosition.Closed(SequenceNumber.Parse("13")).Key,
            ShardPosition.Closed(SequenceNumber.Parse("100")).Key,
            ShardPosition.Closed(SequenceNumber.Parse(new string('9', 129))).Key,
        ];
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        Assert.Equal(keys, keys.Distinct());
    }

    [Fact]
    public void PositionRoundTripsThroughItsKey() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(1, 9).ArrayOf()).ToArbitrary(), one =>
            {
                var number = one.Item1.ToString(System.Globalization.CultureInfo.InvariantCulture);
                var position = one.Item2.Length == 0 ? ShardPosition.Closed(SequenceNumber.Parse(number)) : Open(number, one.Item2);
                var read = ShardPosition.Parse(position.Key, position.IsOpen ? position.Counted : null);
                Assert.Equal((position.Key, position.SequenceNumber, position.IsOpen), (read.Key, read.SequenceNumber, read.IsOpen));
            }));

    [Fact]
    public void AnOpenPositionWhoseUserRecordsAreNotKnownCountsAsClosed()
    {
        var position = ShardPosition.Parse(Open("12", 3).Key, null);
        Assert.False(position.IsOpen);
        Assert.True(position.Covers(SequenceNumber.Parse("12")));
        Assert.False(position.Covers(SequenceNumber.Parse("13")));
    }

    [Fact]
    public void UserRecordsThatAreCountedAreKnownByFingerprintAndOccurrence()
    {
        var position = ShardPosition.Open(SequenceNumber.Parse("12"), new Dictionary<ulong, int> { [5] = 2 });
        Assert.True(position.HasCounted(5, 0) && position.HasCounted(5, 1));
        Assert.False(position.HasCounted(5, 2) || position.HasCounted(6, 0));
        Assert.False(position.Covers(SequenceNumber.Parse("12")));
        Assert.True(position.Covers(SequenceNumber.Parse("11")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("002x1")]
    [InlineData("00212|0000005")]
    public void InvalidPositionIsRejected(string key) =>
        Assert.Throws<FormatException>(() => ShardPosition.Parse(key, new Dictionary<ulong, int> { [1] = 1 }));

    private static ShardPosition Open(string sequenceNumber, params int[] counts) =>
        ShardPosition.Open(SequenceNumber.Parse(sequenceNumber), counts.Index().ToDictionary(count => (ulong)count.Index, count => count.Item));
}
