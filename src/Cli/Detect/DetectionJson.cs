using System.Text.Json.Serialization;
using Analytics.Detection;

namespace Analytics.Cli.Detect;

/// <summary>The JSON of <c>analytics detect --json</c> and of the chart's data.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ChartData))]
[JsonSerializable(typeof(DetectionDocument))]
internal sealed partial class DetectionJson : JsonSerializerContext;

/// <summary>A scored file.</summary>
/// <param name="File">The file.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Threshold">The minimum score of an anomaly.</param>
/// <param name="Anomalies">The number of anomalies.</param>
/// <param name="Points">All points in the file's order.</param>
internal sealed record DetectionDocument(string File, SeriesKind Kind, double Threshold, int Anomalies, IEnumerable<DetectionPoint> Points)
{
    /// <summary>Creates the document of a series.</summary>
    /// <param name="series">The series.</param>
    /// <returns>The document.</returns>
    public static DetectionDocument From(ScoredSeries series) =>
        new(series.File, series.Kind, series.Threshold, series.Anomalies.Count(), series.Points.Select(point => DetectionPoint.From(point, series.IsAnomaly(point))));
}

/// <summary>A scored point. Points that were not scored have no expected values and the score 0.</summary>
/// <param name="Timestamp">The timestamp.</param>
/// <param name="Value">The value, if it is a number.</param>
/// <param name="Status">Whether the point was scored, or why not.</param>
/// <param name="Score">The score.</param>
/// <param name="Anomaly">The kind of record that an anomaly exceeded; none if the point is not an anomaly.</param>
/// <param name="Expected">The expected value.</param>
/// <param name="Low">The lower end of the expected range.</param>
/// <param name="High">The upper end of the expected range.</param>
internal sealed record DetectionPoint(DateTimeOffset Timestamp, double? Value, PointStatus Status, double Score, AnomalyKind Anomaly, double? Expected, double? Low, double? High)
{
    /// <summary>Creates the point's document.</summary>
    /// <param name="point">The point.</param>
    /// <param name="isAnomaly">Whether the point is an anomaly.</param>
    /// <returns>The document.</returns>
    public static DetectionPoint From(ScoredPoint point, bool isAnomaly)
    {
        var (seriesPoint, result) = point;
        double? OfScored(double value) => result.Status == PointStatus.Scored ? value : null;
        return new DetectionPoint(
            seriesPoint.Time,
            double.IsFinite(seriesPoint.Value) ? seriesPoint.Value : null,
            result.Status,
            result.Score,
            isAnomaly ? result.Kind : AnomalyKind.None,
            OfScored(result.Expected),
            OfScored(result.Low),
            OfScored(result.High));
    }
}
