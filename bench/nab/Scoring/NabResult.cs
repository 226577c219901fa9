namespace Analytics.Nab.Scoring;

/// <summary>The scores that a detector gave to the points of some series, at one threshold.</summary>
/// <param name="Threshold">The lowest score of a detection.</param>
/// <param name="Raw">The sum of weighted detections and misses.</param>
/// <param name="Score">The standard score: 0 without detections, 100 if every window is detected at its first point and there are no false positives.
/// Not a number if there are no windows.</param>
/// <param name="Windows">The number of labelled windows.</param>
/// <param name="DetectedWindows">The number of windows with a detection.</param>
/// <param name="FalsePositives">The number of detections outside of windows.</param>
internal readonly record struct NabResult(double Threshold, double Raw, double Score, int Windows, int DetectedWindows, int FalsePositives);
