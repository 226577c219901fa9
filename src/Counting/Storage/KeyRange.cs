namespace Analytics.Counting.Storage;

/// <summary>A range of sort keys in a partition.</summary>
/// <param name="Partition">The partition key.</param>
/// <param name="From">The lowest sort key, or null for no lower bound.</param>
/// <param name="To">The highest sort key, or null for no upper bound.</param>
internal readonly record struct KeyRange(string Partition, string? From = null, string? To = null)
{
    /// <summary>Whether to read in descending order.</summary>
    public bool IsBackwards { get; init; }

    /// <summary>The number of items to read, or null for all.</summary>
    public int? Limit { get; init; }
}
