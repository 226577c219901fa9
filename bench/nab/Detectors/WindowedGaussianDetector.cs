namespace Analytics.Nab.Detectors;

/// <summary>
/// The benchmark's windowed Gaussian: the tail probability under a normal distribution of the last 6,400 points, whose window moves on by 100 points.
/// </summary>
internal sealed class WindowedGaussianDetector : INabDetector
{
    private const int WindowSize = 6400;
    private const int StepSize = 100;
    private const double MinDeviation = 0.000001;
    private readonly List<double> _window = [];
    private readonly List<double> _step = [];
    private double _mean;
    private double _deviation = 1;

    /// <inheritdoc/>
    public double Score(DateTimeOffset time, double value)
    {
        var score = _window.Count == 0 ? 0 : 1 - Gaussian.GetTailProbability((value - _mean) / _deviation);
        if (_window.Count < WindowSize)
        {
            _window.Add(value);
            Fit();
        }
        else
        {
            _step.Add(value);
            if (_step.Count == StepSize)
            {
                _window.RemoveRange(0, StepSize);
                _window.AddRange(_step);
                _step.Clear();
                Fit();
            }
        }

        return score;
    }

    private void Fit()
    {
        _mean = _window.Average();
        _deviation = Math.Sqrt(_window.Average(value => (value - _mean) * (value - _mean)));
        _deviation = _deviation == 0 ? MinDeviation : _deviation;
    }
}
