namespace Analytics.Counting.RollingUp;

/// <summary>The links of a shard that a generation reads.</summary>
/// <param name="From">The key of the end position of earlier generations.</param>
/// <param name="To">The key of the end position of this generation; the same if the shard has no new links.</param>
/// <param name="Kept">The time when the chain's last link was written, or its expiry extended.</param>
internal readonly record struct LinkRange(string From, string To, DateTimeOffset Kept);
