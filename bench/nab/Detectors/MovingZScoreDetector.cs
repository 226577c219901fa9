namespace Analytics.Nab.Detectors;

/// <summary>The distance from the mean of the last 100 points in their standard deviations, from 0 to 1 for 0 to 20 deviations.</summary>
internal sealed class MovingZScoreDetector : INabDetector
{
    private const int WindowSize = 100;
    private const double MaxDeviations = 20;
    private const double MinDeviation = 0.000001;
    private readonly Queue<double> _window = new();

    /// <inheritdoc/>
    public double Score(DateTimeOffset time, double value)
    {
        var score = 0.0;
        if (_window.Count > 1)
        {
            var mean = _window.Average();
            var deviation = Math.Sqrt(_window.Average(past => (past - mean) * (past - mean)));
            score = Math.Min(Math.Abs(value - mean) / Math.Max(deviation, MinDeviation) / MaxDeviations, 1);
        }

        _window.Enqueue(value);
        if (_window.Count > WindowSize)
        {
            _window.Dequeue();
        }

        return score;
    }
}
