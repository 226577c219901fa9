using Analytics.Nab.Corpus;

namespace Analytics.Nab.Scoring;

/// <summary>
/// Scores detections by the rules of the Numenta Anomaly Benchmark: Lavin and Ahmad, "Evaluating Real-time Anomaly Detection Algorithms -
/// the Numenta Anomaly Benchmark", ICMLA 2015. One threshold holds for all series; the earliest detection in a window counts, weighted by a
/// scaled sigmoid of its position; every detection outside of a window costs, less so shortly after a window.
/// </summary>
internal sealed class NabScorer(NabProfile profile)
{
    private const double FarBehindWindow = 3;
    private const double AboveAllScores = 1.1;

    /// <summary>Weighs a position relative to a window: -1 at its first point, 0 at its right edge, positive after it.</summary>
    /// <param name="position">The position in window lengths.</param>
    /// <returns>The weight, from -1 to 0.98661.</returns>
    public static double ScaledSigmoid(double position) =>
        position >= FarBehindWindow ? -1 : (2 / (1 + Math.Exp(5 * position))) - 1;

    /// <summary>Finds the threshold with the highest score over all series.</summary>
    /// <param name="detections">The series with their scores.</param>
    /// <returns>The lowest score of a detection, one for all series; above all scores if no detection is best.</returns>
    public double FindBestThreshold(IEnumerable<DetectedSeries> detections)
    {
        var points = new List<(double Score, double Weight, int Window)>();
        var windows = 0;
        foreach (var (series, scores) in detections)
        {
            foreach (var point in Weigh(series))
            {
                points.Add((scores[point.Index], point.Weight, point.Window < 0 ? -1 : windows + point.Window));
            }

            windows += series.Windows.Count;
        }

        points.Sort((left, right) => right.Score.CompareTo(left.Score));
        var parts = new double[windows];
        Array.Fill(parts, -profile.FalseNegative);
        var raw = parts.Sum();
        var (best, threshold) = (raw, AboveAllScores);
        for (var index = 0; index < points.Count; index++)
        {
            var (score, weight, window) = points[index];
            if (window < 0)
            {
                raw += weight;
            }
            else if (weight > parts[window])
            {
                raw += weight - parts[window];
                parts[window] = weight;
            }

            var isLastOfScore = index + 1 == points.Count || points[index + 1].Score != score;
            if (isLastOfScore && raw > best)
            {
                (best, threshold) = (raw, score);
            }
        }

        return threshold;
    }

    /// <summary>Scores detections at a threshold.</summary>
    /// <param name="detections">The series with their scores.</param>
    /// <param name="threshold">The lowest score of a detection.</param>
    /// <returns>The result.</returns>
    public NabResult Score(IEnumerable<DetectedSeries> detections, double threshold)
    {
        double raw = 0, none = 0;
        var (windows, detected, falsePositives) = (0, 0, 0);
        foreach (var (series, scores) in detections)
        {
            var best = new double?[series.Windows.Count];
            var isScored = new bool[series.Windows.Count];
            foreach (var point in Weigh(series))
            {
                var isDetection = scores[point.Index] >= threshold;
                if (point.Window >= 0)
                {
                    isScored[point.Window] = true;
                    best[point.Window] = isDetection ? Math.Max(best[point.Window] ?? double.NegativeInfinity, point.Weight) : best[point.Window];
                }
                else if (isDetection)
                {
                    raw += point.Weight;
                    falsePositives++;
                }
            }

            for (var window = 0; window < best.Length; window++)
            {
                raw += best[window] ?? (isScored[window] ? -profile.FalseNegative : 0);
                none -= isScored[window] ? profile.FalseNegative : 0;
                detected += best[window] is null ? 0 : 1;
            }

            windows += series.Windows.Count;
        }

        var perfect = windows * profile.TruePositive;
        return new NabResult(threshold, raw, windows == 0 ? double.NaN : 100 * (raw - none) / (perfect - none), windows, detected, falsePositives);
    }

    /// <summary>Weighs the points after the probationary period: the contribution of a detection, and its window or -1.</summary>
    private IEnumerable<(int Index, double Weight, int Window)> Weigh(NabSeries series)
    {
        var greatest = ScaledSigmoid(-1);
        var current = 0;
        for (var index = 0; index < series.Times.Count; index++)
        {
            while (current < series.Windows.Count && series.Windows[current].Last < index)
            {
                current++;
            }

            if (index < series.ProbationaryLength)
            {
                continue;
            }

            if (current < series.Windows.Count && index >= series.Windows[current].First)
            {
                var window = series.Windows[current];
                var position = -(window.Last - index + 1) / (double)window.Length;
                yield return (index, ScaledSigmoid(position) * profile.TruePositive / greatest, current);
            }
            else
            {
                var position = current == 0 ? FarBehindWindow : (index - series.Windows[current - 1].Last) / (series.Windows[current - 1].Length - 1.0);
                yield return (index, ScaledSigmoid(position) * profile.FalsePositive, -1);
            }
        }
    }
}
