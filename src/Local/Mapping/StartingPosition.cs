namespace Analytics.Local.Mapping;

/// <summary>The position at which a mapping starts to read shards without a checkpoint.</summary>
public enum StartingPosition
{
    /// <summary>Records put after the start of the mapping (<c>LATEST</c>).</summary>
    Latest,
    /// <summary>The oldest record in the stream (<c>TRIM_HORIZON</c>).</summary>
    TrimHorizon,
    /// <summary>The first record that arrived at or after a time (<c>AT_TIMESTAMP</c>).</summary>
    AtTimestamp,
}
