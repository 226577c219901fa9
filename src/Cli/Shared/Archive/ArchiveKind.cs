namespace Analytics.Cli.Shared.Archive;

/// <summary>What an object of the archive's bucket holds.</summary>
internal enum ArchiveKind
{
    /// <summary>Lines of events.</summary>
    Events,

    /// <summary>Lines of malformed records.</summary>
    Quarantine,

    /// <summary>Parquet that was made of lines of events.</summary>
    Compacted,
}
