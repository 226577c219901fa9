namespace Analytics.Archive;

/// <summary>What an archive object holds; its first folder.</summary>
internal enum ArchiveKind
{
    /// <summary>Events.</summary>
    Events,

    /// <summary>Malformed records, with the reason.</summary>
    Quarantine,
}
