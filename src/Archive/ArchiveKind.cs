namespace Analytics.Archive;

/// <summary>The kind of records in an archive object; the first folder of its key.</summary>
internal enum ArchiveKind
{
    /// <summary>Events.</summary>
    Events,

    /// <summary>Malformed records, with the reason.</summary>
    Quarantine,
}
