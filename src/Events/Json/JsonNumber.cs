using System.Buffers.Text;

namespace Analytics.Events.Json;

/// <summary>JSON numbers as exact decimals.</summary>
internal static class JsonNumber
{
    /// <summary>
    /// The number that a JSON number is, or that a JSON string holds. False when it is none or lies beyond <see cref="decimal"/>'s range;
    /// digits beyond its 28 are rounded.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> raw, JsonKind kind, out decimal value)
    {
        value = 0;
        return (kind == JsonKind.Number || (kind == JsonKind.String && JsonScanner.IsNumber(raw)))
            && Utf8Parser.TryParse(raw, out value, out var consumed)
            && consumed == raw.Length;
    }
}
