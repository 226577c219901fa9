namespace Analytics.Counting.Storage;

/// <summary>Items of one partition key, by sort key.</summary>
/// <param name="Partition">The partition key.</param>
/// <param name="From">The lowest sort key; null for the partition's first.</param>
/// <param name="To">The highest sort key; null for the partition's last.</param>
internal readonly record struct KeyRange(string Partition, string? From = null, string? To = null)
{
    /// <summary>Whether the items are read from the highest sort key down.</summary>
    public bool IsBackwards { get; init; }

    /// <summary>The number of items to read; null for all.</summary>
    public int? Limit { get; init; }
}
