using Analytics.Detection;

namespace Analytics.Cli.Detect;

/// <summary>A point with the detector's result.</summary>
/// <param name="Point">The point.</param>
/// <param name="Result">The score and the expected range.</param>
internal readonly record struct ScoredPoint(SeriesPoint Point, DetectionResult Result);
