namespace Analytics.Streaming.Tests;

public sealed class FunctionDeadlineTests
{
    private readonly FakeTime _time = new(Some.Now);

    [Theory]
    [InlineData(30_000, 29_000)]
    [InlineData(2_000, 1_000)]
    [InlineData(1_000, 500)]
    [InlineData(900_000, 899_000)]
    public void WorkIsCancelledASecondBeforeTheTimeoutOrInTheMiddleOfAShorterTime(int remaining, int milliseconds)
    {
        using var deadline = FunctionDeadline.Start(Some.Context(TimeSpan.FromMilliseconds(remaining)), _time);

        _time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.False(deadline.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(deadline.IsCancellationRequested);
    }

    [Fact]
    public void ATimeoutThatIsOverCancelsAtOnce()
    {
        using var deadline = FunctionDeadline.Start(Some.Context(TimeSpan.FromSeconds(-1)), _time);
        _time.Advance(TimeSpan.Zero);

        Assert.True(deadline.IsCancellationRequested);
    }

    [Fact]
    public void WithoutATimeoutTheLongestOneApplies()
    {
        using var deadline = FunctionDeadline.Start(Some.Context(TimeSpan.MaxValue), _time);

        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.False(deadline.IsCancellationRequested);
    }
}
