using System.Runtime.CompilerServices;
using Analytics.Events.Json;

namespace Analytics.Events;

/// <summary>The limits of an event. Events beyond them are <see cref="Malformed"/>, which are quarantined and counted.</summary>
public sealed record EventLimits
{
    /// <summary>The maximum value of <see cref="MaxDepth"/>, so that decoding never exhausts the stack.</summary>
    public const int HighestMaxDepth = 1000;

    /// <summary>The default limits.</summary>
    public static EventLimits Default { get; } = new();

    /// <summary>Maximum levels of nesting, as <see cref="System.Text.Json.JsonReaderOptions.MaxDepth"/> counts them; 1 to <see cref="HighestMaxDepth"/>.</summary>
    public int MaxDepth { get; init => field = Checked(value, 1, HighestMaxDepth); } = 64;

    /// <summary>Maximum bytes of an event's JSON, decompressed; 1 to 256 MiB.</summary>
    public int MaxEventBytes { get; init => field = Checked(value, 1, JsonSlice.MaxJsonBytes); } = 512 * 1024;

    /// <summary>Maximum bytes of a JSON string or property name, as written.</summary>
    public int MaxStringBytes { get; init => field = Checked(value, 1, JsonSlice.MaxJsonBytes); } = 128 * 1024;

    /// <summary>Maximum total decompressed bytes of the gzip parts of one Kinesis record.</summary>
    public int MaxDecompressedBytes { get; init => field = Checked(value, 1, JsonSlice.MaxJsonBytes); } = 10 * 1024 * 1024;

    private static int Checked(int value, int lowest, int highest, [CallerMemberName] string name = "") =>
        value >= lowest && value <= highest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {lowest} to {highest}.");
}
