using Analytics.Nab.Corpus;

namespace Analytics.Nab.Scoring;

/// <summary>A series with a detector's score for each point.</summary>
/// <param name="Series">The series.</param>
/// <param name="Scores">The scores in [0, 1], as many as the series has points.</param>
internal sealed record DetectedSeries(NabSeries Series, IReadOnlyList<double> Scores);
