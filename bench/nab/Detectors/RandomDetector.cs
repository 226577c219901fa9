namespace Analytics.Nab.Detectors;

/// <summary>Gives every point a random score.</summary>
internal sealed class RandomDetector(int seed) : INabDetector
{
    private readonly Random _random = new(seed);

    /// <inheritdoc/>
    public double Score(DateTimeOffset time, double value) => _random.NextDouble();
}
