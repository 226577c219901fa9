namespace Analytics.Local.Mapping;

/// <summary>Where a mapping begins to read shards that it has no checkpoint for.</summary>
public enum StartingPosition
{
    /// <summary>With the records that are put after the mapping started (<c>LATEST</c>).</summary>
    Latest,
    /// <summary>With the oldest record that the stream still has (<c>TRIM_HORIZON</c>).</summary>
    TrimHorizon,
    /// <summary>With the first record that arrived at or after a time (<c>AT_TIMESTAMP</c>).</summary>
    AtTimestamp,
}
