using System.Globalization;

namespace Analytics.Local.Benchmarks;

/// <summary>The times from the end of an invocation to the start of the next.</summary>
internal readonly record struct Gaps(int Count, TimeSpan Median, TimeSpan Percentile99)
{
    /// <summary>Creates the statistics of measured gaps without the first tenth, which is warm-up.</summary>
    public static Gaps FromDurations(IReadOnlyCollection<TimeSpan> measured)
    {
        List<TimeSpan> gaps = [.. measured.Skip(measured.Count / 10).Order()];
        return new Gaps(gaps.Count, gaps[gaps.Count / 2], gaps[gaps.Count * 99 / 100]);
    }

    /// <summary>Parses the output of <see cref="ToString"/>.</summary>
    public static Gaps Parse(string text)
    {
        var parts = text.Split(' ');
        return new Gaps(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            TimeSpan.FromTicks(long.Parse(parts[1], CultureInfo.InvariantCulture)),
            TimeSpan.FromTicks(long.Parse(parts[2], CultureInfo.InvariantCulture)));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Median.Ticks} {Percentile99.Ticks}");
}
