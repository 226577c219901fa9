using System.Globalization;
using Analytics.Nab.Corpus;
using Analytics.Nab.Detectors;
using Analytics.Nab.Scoring;

namespace Analytics.Nab;

/// <summary>Prints the scores of all detectors, and how much those of this project depend on the series that the threshold was chosen on.</summary>
internal sealed class NabReport(TextWriter output)
{
    /// <summary>Scores all detectors and prints the comparison.</summary>
    /// <param name="corpus">The series.</param>
    public void Print(IReadOnlyList<NabSeries> corpus)
    {
        output.WriteLine(Text($"{corpus.Count} series, {corpus.Sum(series => series.Times.Count):N0} points, {corpus.Sum(series => series.Windows.Count)} labelled windows"));
        output.WriteLine();
        var runs = NabDetectors.All.Select(detector => (detector.Name, Detections: NabDetectors.Run(corpus, detector.Create))).ToList();
        PrintProfiles(runs);
        PrintGroups(runs);
        PrintTransfer(runs.Single(run => run.Name == NabDetectors.Ours).Detections);
    }

    private void PrintProfiles(IEnumerable<(string Name, IReadOnlyList<DetectedSeries> Detections)> runs)
    {
        output.WriteLine(Text($"{"Score by profile",-22}{string.Concat(NabProfile.All.Select(profile => Text($"{profile.Name,15}")))}  Threshold  Windows found  False positives"));
        foreach (var (name, detections) in runs)
        {
            var results = NabProfile.All.Select(profile => Optimize(profile, detections)).ToList();
            var standard = results[0];
            output.WriteLine(Text($"{name,-22}{string.Concat(results.Select(result => Text($"{result.Score,15:F1}")))}  {standard.Threshold,9:F4}  {standard.DetectedWindows,6} of {standard.Windows,3}  {standard.FalsePositives,15}"));
        }

        output.WriteLine();
    }

    private void PrintGroups(IReadOnlyList<(string Name, IReadOnlyList<DetectedSeries> Detections)> runs)
    {
        output.WriteLine(Text($"{"Standard score by class",-24}{string.Concat(runs.Select(run => Text($"{run.Name,21}")))}"));
        var scorer = new NabScorer(NabProfile.Standard);
        var thresholds = runs.Select(run => scorer.FindBestThreshold(run.Detections)).ToList();
        foreach (var group in runs[0].Detections.Select(detected => detected.Series.Group).Distinct())
        {
            var cells = runs.Select((run, index) => scorer.Score(run.Detections.Where(detected => detected.Series.Group == group), thresholds[index]));
            output.WriteLine(Text($"{group,-24}{string.Concat(cells.Select(result => Text($"{(result.Windows == 0 ? Text($"{result.FalsePositives} FP") : Text($"{result.Score:F1}")),21}")))}"));
        }

        output.WriteLine();
    }

    private void PrintTransfer(IReadOnlyList<DetectedSeries> detections)
    {
        var scorer = new NabScorer(NabProfile.Standard);
        output.WriteLine(Text($"{NabDetectors.Ours}, standard profile, threshold chosen without the series that are scored"));
        NabResult[] halves = [Transfer(0), Transfer(1)];
        output.WriteLine(Text($"each half at the other's best       {halves[0].Score:F1} and {halves[1].Score:F1}"));
        var raw = 0.0;
        var best = scorer.FindBestThreshold(detections);
        foreach (var group in detections.GroupBy(detected => detected.Series.Group))
        {
            var threshold = scorer.FindBestThreshold(detections.Where(detected => detected.Series.Group != group.Key));
            raw += scorer.Score(group, threshold).Raw;
        }

        var all = scorer.Score(detections, best);
        var none = scorer.Score(detections, double.PositiveInfinity);
        output.WriteLine(Text($"each class at the others' best      {100 * (raw - none.Raw) / ((all.Windows * NabProfile.Standard.TruePositive) - none.Raw):F1}"));
        output.WriteLine(Text($"at the default threshold            {scorer.Score(detections, Detection.SeriesDetector.DefaultThreshold).Score:F1}"));

        NabResult Transfer(int half) => scorer.Score(
            detections.Where((_, index) => index % 2 == half),
            scorer.FindBestThreshold(detections.Where((_, index) => index % 2 != half)));
    }

    private static NabResult Optimize(NabProfile profile, IReadOnlyList<DetectedSeries> detections)
    {
        var scorer = new NabScorer(profile);
        return scorer.Score(detections, scorer.FindBestThreshold(detections));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
