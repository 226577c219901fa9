using Analytics.Detection;

namespace Analytics.Cli.Detect;

/// <summary>The input of node/charts/detect.js.</summary>
/// <param name="Title">The series' name.</param>
/// <param name="Points">Time in milliseconds, value, expected value, low and high, in order of time.</param>
/// <param name="Anomalies">Time in milliseconds, value and score, the highest scores first.</param>
internal sealed record ChartData(string Title, IReadOnlyList<double?[]> Points, IReadOnlyList<double[]> Anomalies)
{
    // An image of 900 pixels cannot show more, and the file would grow without bound.
    private const int MaxSections = 1500;
    private const int MaxAnomalies = 500;

    /// <summary>Reduces a series to the resolution of a chart: the smallest and largest value of each section.</summary>
    /// <param name="series">The series.</param>
    /// <returns>The data.</returns>
    public static ChartData From(ScoredSeries series)
    {
        var scored = series.Points.Where(point => point.Result.Status == PointStatus.Scored).ToList();
        var length = (int)Math.Ceiling(scored.Count / (double)MaxSections);
        var points = length <= 2 ? scored.Select(point => Point(point, [point])) : scored.Chunk(length).SelectMany(Extremes);
        var anomalies = series.Anomalies
            .OrderByDescending(point => point.Result.Score)
            .Take(MaxAnomalies)
            .Select(point => (double[])[Milliseconds(point), point.Point.Value, point.Result.Score]);
        return new ChartData(Path.GetFileNameWithoutExtension(series.File), [.. points], [.. anomalies]);
    }

    private static IEnumerable<double?[]> Extremes(ScoredPoint[] section)
    {
        var smallest = section.MinBy(point => point.Point.Value);
        var largest = section.MaxBy(point => point.Point.Value);
        ScoredPoint[] ordered = smallest.Point.Line < largest.Point.Line ? [smallest, largest] : [largest, smallest];
        return ordered.Select(point => Point(point, section)).Take(smallest == largest ? 1 : 2);
    }

    private static double?[] Point(ScoredPoint point, ScoredPoint[] section) =>
    [
        Milliseconds(point),
        point.Point.Value,
        point.Result.Expected,
        section.Average(other => other.Result.Low),
        section.Average(other => other.Result.High),
    ];

    private static double Milliseconds(ScoredPoint point) => point.Point.Time.ToUnixTimeMilliseconds();
}
