namespace Analytics.Counting.Tests;

/// <summary>A clock that a test sets.</summary>
internal sealed class FakeClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Some.Noon;

    public override DateTimeOffset GetUtcNow() => Now;
}
