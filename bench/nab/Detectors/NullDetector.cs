namespace Analytics.Nab.Detectors;

/// <summary>Gives every point the same score: the benchmark's zero.</summary>
internal sealed class NullDetector : INabDetector
{
    /// <inheritdoc/>
    public double Score(DateTimeOffset time, double value) => 0.5;
}
