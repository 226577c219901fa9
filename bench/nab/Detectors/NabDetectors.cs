using Analytics.Nab.Corpus;
using Analytics.Nab.Scoring;

namespace Analytics.Nab.Detectors;

/// <summary>The detectors that are compared.</summary>
internal static class NabDetectors
{
    /// <summary>The name of our detector.</summary>
    public const string Ours = "Analytics.Detection";

    private const int Seed = 1;

    /// <summary>All detectors by name, ours first.</summary>
    public static IReadOnlyList<(string Name, Func<INabDetector> Create)> All { get; } =
    [
        (Ours, () => new RecordDetector()),
        ("Windowed Gaussian", () => new WindowedGaussianDetector()),
        ("Moving z-score", () => new MovingZScoreDetector()),
        ("Random", () => new RandomDetector(Seed)),
        ("Null", () => new NullDetector()),
    ];

    /// <summary>Runs a new detector over each series.</summary>
    /// <param name="corpus">The series.</param>
    /// <param name="create">Creates a detector.</param>
    /// <returns>The series with their scores.</returns>
    public static IReadOnlyList<DetectedSeries> Run(IReadOnlyList<NabSeries> corpus, Func<INabDetector> create) =>
    [
        .. corpus.Select(series =>
        {
            var detector = create();
            return new DetectedSeries(series, [.. series.Times.Zip(series.Values, detector.Score)]);
        }),
    ];
}
