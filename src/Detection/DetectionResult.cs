namespace Analytics.Detection;

/// <summary>The score of a point, and the forecast made before it was observed.</summary>
/// <param name="Status">The handling of the point; the other values are meaningful only if it was scored.</param>
/// <param name="Score">The degree of novelty from 0 to 1; an anomaly from <see cref="SeriesDetector.DefaultThreshold"/> up.</param>
/// <param name="Kind">The record that the point exceeded by the largest margin.</param>
/// <param name="Expected">The expected value.</param>
/// <param name="Low">The lower end of the expected range, which contains about 99 of 100 normal points.</param>
/// <param name="High">The upper end of the expected range.</param>
public readonly record struct DetectionResult(PointStatus Status, double Score, AnomalyKind Kind, double Expected, double Low, double High);
