namespace Analytics.Streaming.Tests;

public sealed class OccurrenceCounterTests
{
    [Fact]
    public void EqualFingerprintsAreNumberedFromZeroUntilTheNextSequenceNumber()
    {
        var counter = new OccurrenceCounter();

        Assert.Equal([0, 1, 0, 2], new[] { 7UL, 7UL, 8UL, 7UL }.Select(counter.Next));
        Assert.Equal(4, counter.Total);
        Assert.Equal(3, counter.GetCount(7));
        counter.Clear();

        Assert.Equal((0, 0), (counter.Total, counter.GetCount(7)));
        Assert.Equal(0, counter.Next(7));
    }

    [Fact]
    public void ACopyCountsOnItsOwn()
    {
        var counter = new OccurrenceCounter();
        counter.Next(7);
        var copy = counter.Copy();
        copy.Next(7);

        Assert.Equal((1, 1), (counter.Total, counter.GetCount(7)));
        Assert.Equal((2, 2), (copy.Total, copy.GetCount(7)));
    }
}
