namespace Analytics.Archiving;

/// <summary>What an object of the archive's bucket holds.</summary>
public enum ArchiveKind
{
    /// <summary>Lines of events.</summary>
    Events,

    /// <summary>Lines of malformed records, each with the reason.</summary>
    Quarantine,

    /// <summary>Parquet that was made of lines of events.</summary>
    Compacted,
}
