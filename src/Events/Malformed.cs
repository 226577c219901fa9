namespace Analytics.Events;

/// <summary>Why a record is not an event.</summary>
public enum MalformedReason
{
    /// <summary>No bytes, or white space only.</summary>
    Empty,
    /// <summary>Not JSON (RFC 8259).</summary>
    NotJson,
    /// <summary>JSON, but not an object.</summary>
    NotAnObject,
    /// <summary>Not valid UTF-8.</summary>
    InvalidUtf8,
    /// <summary>Nested deeper than <see cref="EventLimits.MaxDepth"/>.</summary>
    TooDeep,
    /// <summary>Longer than <see cref="EventLimits.MaxEventBytes"/>.</summary>
    TooLarge,
    /// <summary>A string or name longer than <see cref="EventLimits.MaxStringBytes"/>.</summary>
    StringTooLong,
    /// <summary>A number that is not finite as an IEEE 754 double.</summary>
    NumberNotFinite,
    /// <summary>Begins as gzip but is damaged.</summary>
    InvalidGzip,
    /// <summary>Begins as a KPL aggregate but its checksum or its protobuf is wrong.</summary>
    InvalidAggregate,
    /// <summary>Gzip that does not decompress within what is left of <see cref="EventLimits.MaxDecompressedBytes"/>.</summary>
    DecompressedTooLarge,
    /// <summary>A user record of a KPL aggregate that is itself an aggregate.</summary>
    NestedAggregate,
    /// <summary>Compressed with zlib (RFC 1950), which is not gzip.</summary>
    UnsupportedCompression,
}

/// <summary>A record that is not an event, and why. Deterministic: the same bytes give the same answer.</summary>
/// <param name="Reason">What was wrong.</param>
/// <param name="Position">The offset in bytes at which it was found, or -1.</param>
public readonly record struct Malformed(MalformedReason Reason, long Position = -1);
