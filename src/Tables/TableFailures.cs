namespace Analytics.Tables;

/// <summary>Which of the items of a call are not known to be done, and one reason.</summary>
/// <param name="Indices">Their indices, ascending.</param>
/// <param name="Cause">What stopped the one with the lowest index.</param>
public sealed record TableFailures(IReadOnlyList<int> Indices, Exception? Cause)
{
    /// <summary>All is done.</summary>
    public static TableFailures None { get; } = new([], null);

    internal static TableFailures Of(IReadOnlyCollection<(int Index, Exception Cause)> failures) =>
        failures.Count == 0 ? None : new([.. failures.Select(failure => failure.Index).Order()], failures.MinBy(failure => failure.Index).Cause);
}
