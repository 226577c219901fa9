using Analytics.Detection;

namespace Analytics.Nab.Detectors;

/// <summary>Our detector, with the one setting for all series: values of any kind, nothing known beforehand.</summary>
internal sealed class RecordDetector : INabDetector
{
    private readonly SeriesDetector _detector = new(SeriesKind.Measure);

    /// <inheritdoc/>
    public double Score(DateTimeOffset time, double value) => _detector.Observe(time, value).Score;
}
