namespace Analytics.Packages.Tests.Powertools;

/// <summary>A stopped clock.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
