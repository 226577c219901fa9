using System.Globalization;
using System.Text.RegularExpressions;
using Analytics.Nab.Corpus;
using Analytics.Nab.Detectors;
using Analytics.Nab.Scoring;
using Xunit.Abstractions;

namespace Analytics.Nab.Tests;

public partial class PublishedScoreTests(ITestOutputHelper output)
{
    [Fact]
    public void TheDocumentedScoresAreThoseThatTheDetectorGets()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "data", "nab");
        if (!File.Exists(Path.Combine(folder, NabCorpus.LabelsFile)))
        {
            output.WriteLine($"Not checked: the benchmark's data is not in {folder}.");
            return;
        }

        var report = new StringWriter(CultureInfo.InvariantCulture);
        new NabReport(report).Print(NabCorpus.Load(folder));
        Assert.Contains(report.ToString().ReplaceLineEndings("\n").Trim(), Repository.Read("docs/anomalies.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void TheDocumentedScoreIsAbove60()
    {
        var match = DocumentedScore().Match(Repository.Read("docs/anomalies.md"));
        Assert.True(match.Success, "docs/anomalies.md does not give the score.");
        Assert.True(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) > 60);
    }

    [Fact]
    public void TheNullDetectorScoresZeroAndThePerfectOne100()
    {
        var series = Some(points: 1000, new NabWindow(500, 550));
        var scorer = new NabScorer(NabProfile.Standard);
        var none = NabDetectors.Run([series], () => new NullDetector());
        Assert.Equal(0, scorer.Score(none, scorer.FindBestThreshold(none)).Score);
        var perfect = new DetectedSeries(series, [.. Enumerable.Range(0, 1000).Select(point => point == 500 ? 1.0 : 0)]);
        Assert.Equal(100, scorer.Score([perfect], scorer.FindBestThreshold([perfect])).Score, 10);
    }

    [Fact]
    public void DetectorsDoNotSeeLaterPoints()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 600).Select(_ => random.NextDouble()).ToArray();
        var start = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset[] times = [.. values.Select((_, point) => start.AddMinutes(5 * point))];
        foreach (var (name, create) in NabDetectors.All)
        {
            var whole = NabDetectors.Run([new NabSeries("a/b.csv", times, values, [])], create)[0].Scores;
            var half = NabDetectors.Run([new NabSeries("a/b.csv", times[..300], values[..300], [])], create)[0].Scores;
            Assert.True(whole.Take(300).SequenceEqual(half), name);
        }
    }

    private static NabSeries Some(int points, params NabWindow[] windows)
    {
        var start = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
        return new NabSeries("group/series.csv", [.. Enumerable.Range(0, points).Select(point => start.AddMinutes(point))], new double[points], windows);
    }

    [GeneratedRegex(@"^Analytics\.Detection +([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex DocumentedScore();
}
