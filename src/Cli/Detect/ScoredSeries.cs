using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Detection;

namespace Analytics.Cli.Detect;

/// <summary>A file's points with their scores.</summary>
/// <param name="File">The file.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Threshold">The minimum score of an anomaly.</param>
/// <param name="Points">All points in the file's order.</param>
internal sealed record ScoredSeries(string File, SeriesKind Kind, double Threshold, IReadOnlyList<ScoredPoint> Points)
{
    private const double MaxUnorderedShare = 0.05;

    /// <summary>The anomalies in chronological order.</summary>
    public IEnumerable<ScoredPoint> Anomalies => Points.Where(IsAnomaly);

    /// <summary>The points that are out of order, which are not scored.</summary>
    public IEnumerable<ScoredPoint> Unordered => Points.Where(point => point.Result.Status == PointStatus.NotNewer);

    /// <summary>The points without a valid value, which are not scored.</summary>
    public IEnumerable<ScoredPoint> Invalid => Points.Where(point => point.Result.Status == PointStatus.Invalid);

    /// <summary>Scores a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="kind">The kind of its values.</param>
    /// <param name="threshold">The minimum score of an anomaly.</param>
    /// <returns>The points with their scores.</returns>
    /// <exception cref="UserException">The file has the wrong format, has no points, or is not in chronological order.</exception>
    public static ScoredSeries Score(string file, SeriesKind kind, double threshold)
    {
        var detector = new SeriesDetector(kind);
        var series = new ScoredSeries(file, kind, threshold, [.. SeriesFile.Read(file).Select(point => new ScoredPoint(point, detector.Observe(point.Time, point.Value)))]);
        if (detector.Points == 0)
        {
            throw new UserException($"{file} has a header but no values to score.");
        }

        var unordered = series.Unordered.Count();
        return unordered <= MaxUnorderedShare * series.Points.Count
            ? series
            : throw new UserException($"{file} is not in chronological order: {Terminal.Number(unordered)} of {Terminal.Number(series.Points.Count)} points are not newer than a preceding point, the first in line {series.Unordered.First().Point.Line}. Sort the file by timestamp; it must contain a single series.");
    }

    /// <summary>Returns whether a point is an anomaly.</summary>
    /// <param name="point">The point.</param>
    /// <returns><see langword="true"/> if its score reaches the threshold.</returns>
    public bool IsAnomaly(ScoredPoint point) => point.Result.Status == PointStatus.Scored && point.Result.Score >= Threshold;
}
