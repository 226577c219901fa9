namespace Analytics.Nab.Corpus;

/// <summary>A series of the benchmark with its labels.</summary>
internal sealed class NabSeries
{
    private const double ProbationaryShare = 0.15;
    private const double MaxProbationaryPoints = ProbationaryShare * 5000;

    /// <summary>Creates a series.</summary>
    /// <param name="name">The path in the corpus, such as <c>realTweets/Twitter_volume_FB.csv</c>.</param>
    /// <param name="times">The points' timestamps.</param>
    /// <param name="values">The points' values.</param>
    /// <param name="windows">The labelled windows in order.</param>
    /// <exception cref="InvalidDataException">The windows overlap, are out of order, or lie outside of the series.</exception>
    public NabSeries(string name, IReadOnlyList<DateTimeOffset> times, IReadOnlyList<double> values, IReadOnlyList<NabWindow> windows)
    {
        var end = -1;
        foreach (var window in windows)
        {
            if (window.First <= end || window.Last < window.First || window.Last >= times.Count)
            {
                throw new InvalidDataException($"{name}: the labelled windows overlap, are out of order, or lie outside of the series.");
            }

            end = window.Last;
        }

        Name = name;
        Times = times;
        Values = values;
        Windows = windows;
        ProbationaryLength = (int)Math.Min(Math.Floor(ProbationaryShare * times.Count), MaxProbationaryPoints);
    }

    /// <summary>The path in the corpus.</summary>
    public string Name { get; }

    /// <summary>The data class: the folder of the corpus.</summary>
    public string Group => Path.GetDirectoryName(Name) is { Length: > 0 } folder ? folder : Name;

    /// <summary>The points' timestamps.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; }

    /// <summary>The points' values.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The labelled windows in order.</summary>
    public IReadOnlyList<NabWindow> Windows { get; }

    /// <summary>The number of points at the start that are not scored: 15 %, at most 750.</summary>
    public int ProbationaryLength { get; }
}
