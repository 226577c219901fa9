namespace Analytics.Nab.Corpus;

/// <summary>A labelled anomaly window, by the indexes of its first and last point.</summary>
/// <param name="First">The first point.</param>
/// <param name="Last">The last point, inclusive.</param>
internal readonly record struct NabWindow(int First, int Last)
{
    /// <summary>The number of points.</summary>
    public int Length => Last - First + 1;
}
