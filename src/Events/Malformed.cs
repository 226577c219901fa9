namespace Analytics.Events;

/// <summary>The reason why a record is malformed.</summary>
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
    /// <summary>Starts like gzip but is damaged.</summary>
    InvalidGzip,
    /// <summary>Starts like a KPL aggregate, but its checksum or protobuf is invalid.</summary>
    InvalidAggregate,
    /// <summary>Gzip that exceeds the remaining <see cref="EventLimits.MaxDecompressedBytes"/> when decompressed.</summary>
    DecompressedTooLarge,
    /// <summary>A user record of a KPL aggregate that is itself an aggregate.</summary>
    NestedAggregate,
    /// <summary>Compressed with zlib (RFC 1950), which is not gzip.</summary>
    UnsupportedCompression,
}

/// <summary>A malformed record and the reason. Deterministic: the same bytes give the same result.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Position">The offset in bytes at which the error was detected, or -1.</param>
public readonly record struct Malformed(MalformedReason Reason, long Position = -1);
