using Analytics.Detection;

namespace Analytics.Alerting.Windows;

/// <summary>The values of a rule in successive windows, with their detector.</summary>
internal sealed class WatchedSeries
{
    /// <summary>The key of the series within the rule.</summary>
    public required string Key { get; init; }

    /// <summary>The counter's value for display, as producers sent it; null for the total.</summary>
    public required string? Shown { get; init; }

    /// <summary>The detector.</summary>
    public required SeriesDetector Detector { get; init; }

    /// <summary>The start of the first window with events.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>The start of the last window with events.</summary>
    public required DateTimeOffset LastSeen { get; set; }

    /// <summary>The latest points.</summary>
    public LatestPoints Latest { get; init; } = new();

    /// <summary>Scores a window's value.</summary>
    /// <returns>The result, or null if the value is invalid.</returns>
    public DetectionResult? Observe(DateTimeOffset start, decimal value)
    {
        var result = Detector.Observe(start, (double)value);
        if (result.Status != PointStatus.Scored)
        {
            return null;
        }

        Latest.Add(new ExpectedPoint(start, (float)value, ToSingle(result.Low), ToSingle(result.High), (float)result.Score));
        return result;
    }

    private static float ToSingle(double value) => (float)Math.Clamp(value, float.MinValue, float.MaxValue);
}
