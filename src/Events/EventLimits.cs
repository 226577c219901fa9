using System.Runtime.CompilerServices;
using Analytics.Events.Json;

namespace Analytics.Events;

/// <summary>What an event may be at most; anything beyond is <see cref="Malformed"/>, kept and counted.</summary>
public sealed record EventLimits
{
    /// <summary>The deepest nesting that <see cref="MaxDepth"/> can allow, so that reading never exhausts the stack.</summary>
    public const int HighestMaxDepth = 1000;

    /// <summary>The limits as shipped.</summary>
    public static EventLimits Default { get; } = new();

    /// <summary>Levels of nesting, as <see cref="System.Text.Json.JsonReaderOptions.MaxDepth"/> counts them; 1 to <see cref="HighestMaxDepth"/>.</summary>
    public int MaxDepth { get; init => field = Checked(value, 1, HighestMaxDepth); } = 64;

    /// <summary>Bytes of one event's JSON, decompressed; 1 to 256 MiB.</summary>
    public int MaxEventBytes { get; init => field = Checked(value, 1, JsonSlice.MaxJsonBytes); } = 512 * 1024;

    /// <summary>Bytes of one JSON string or property name, as written.</summary>
    public int MaxStringBytes { get; init => field = Checked(value, 1, JsonSlice.MaxJsonBytes); } = 128 * 1024;

    /// <summary>Bytes that the gzip-compressed parts of one Kinesis record may decompress to, all together.</summary>
    public int MaxDecompressedBytes { get; init => field = Checked(value, 1, JsonSlice.MaxJsonBytes); } = 10 * 1024 * 1024;

    private static int Checked(int value, int lowest, int highest, [CallerMemberName] string name = "") =>
        value >= lowest && value <= highest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {lowest} to {highest}.");
}
