namespace Analytics.Nab.Detectors;

/// <summary>A detector that reads a series once, in order.</summary>
internal interface INabDetector
{
    /// <summary>Scores the next point.</summary>
    /// <param name="time">The timestamp.</param>
    /// <param name="value">The value.</param>
    /// <returns>The score in [0, 1].</returns>
    double Score(DateTimeOffset time, double value);
}
