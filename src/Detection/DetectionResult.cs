namespace Analytics.Detection;

/// <summary>The score of a point and what was expected of it before it was seen.</summary>
/// <param name="Status">What was done with the point; the other values are meaningful if it was scored.</param>
/// <param name="Score">The degree of novelty from 0 to 1; an anomaly from <see cref="SeriesDetector.DefaultThreshold"/> up.</param>
/// <param name="Kind">The record that the point broke by most.</param>
/// <param name="Expected">The expected value.</param>
/// <param name="Low">The lower end of the expected range, which about 99 of 100 usual points lie in.</param>
/// <param name="High">The upper end of the expected range.</param>
public readonly record struct DetectionResult(PointStatus Status, double Score, AnomalyKind Kind, double Expected, double Low, double High);
