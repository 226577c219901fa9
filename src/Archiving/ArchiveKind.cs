namespace Analytics.Archiving;

/// <summary>The kind of content of an object in the archive bucket.</summary>
public enum ArchiveKind
{
    /// <summary>Lines of events.</summary>
    Events,

    /// <summary>Lines of malformed records, each with the reason.</summary>
    Quarantine,

    /// <summary>Events compacted to Parquet.</summary>
    Compacted,
}
