namespace Analytics.Events.Tests;

/// <summary>The table of reasons and limits in docs/archive.md.</summary>
public sealed class MalformedDocumentTests
{
    private static readonly string Section =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "archive.md")).Split("\n## ").Single(section => section.StartsWith("Malformed records\n", StringComparison.Ordinal));

    [Fact]
    public void EveryReasonIsDocumented() =>
        Assert.All(Enum.GetValues<MalformedReason>(), reason => Assert.Contains($"`{MalformedReasonNames.GetName(reason)}`", Section, StringComparison.Ordinal));

    [Fact]
    public void TheLimitsAreThoseOfTheCode()
    {
        const int Kibi = 1024;
        var limits = EventLimits.Default;

        Assert.Contains($"longer than {limits.MaxEventBytes / Kibi} KiB, decompressed", Section, StringComparison.Ordinal);
        Assert.Contains($"longer than {limits.MaxStringBytes / Kibi} KiB, as written", Section, StringComparison.Ordinal);
        Assert.Contains($"deeper than {limits.MaxDepth} levels", Section, StringComparison.Ordinal);
        Assert.Contains($"exceed {limits.MaxDecompressedBytes / (Kibi * Kibi)} MiB together", Section, StringComparison.Ordinal);
    }
}
