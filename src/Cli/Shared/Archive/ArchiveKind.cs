namespace Analytics.Cli.Shared.Archive;

/// <summary>The kind of content of an object in the archive bucket.</summary>
internal enum ArchiveKind
{
    /// <summary>Lines of events.</summary>
    Events,

    /// <summary>Lines of malformed records.</summary>
    Quarantine,

    /// <summary>Events compacted to Parquet.</summary>
    Compacted,
}
