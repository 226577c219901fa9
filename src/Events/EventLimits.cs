namespace Analytics.Events;

/// <summary>What an event may be at most; anything beyond is <see cref="Malformed"/>, kept and counted.</summary>
public sealed record EventLimits
{
    /// <summary>The limits as shipped.</summary>
    public static EventLimits Default { get; } = new();

    /// <summary>Levels of nesting, as <see cref="System.Text.Json.JsonReaderOptions.MaxDepth"/> counts them.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Bytes of one event's JSON, decompressed.</summary>
    public int MaxEventBytes { get; init; } = 512 * 1024;

    /// <summary>Bytes of one JSON string or property name, as written.</summary>
    public int MaxStringBytes { get; init; } = 128 * 1024;

    /// <summary>Bytes that one gzip-compressed record may decompress to.</summary>
    public int MaxDecompressedBytes { get; init; } = 10 * 1024 * 1024;
}
