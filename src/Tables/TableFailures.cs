namespace Analytics.Tables;

/// <summary>The items of a call that may not be processed, and one cause.</summary>
/// <param name="Indices">The indices in ascending order.</param>
/// <param name="Cause">The cause for the lowest index.</param>
public sealed record TableFailures(IReadOnlyList<int> Indices, Exception? Cause)
{
    /// <summary>No failures.</summary>
    public static TableFailures None { get; } = new([], null);

    internal static TableFailures Create(IReadOnlyCollection<(int Index, Exception Cause)> failures) =>
        failures.Count == 0 ? None : new([.. failures.Select(failure => failure.Index).Order()], failures.MinBy(failure => failure.Index).Cause);
}
