using System.Buffers.Text;

namespace Analytics.Events.Json;

/// <summary>Parses JSON numbers as exact decimals.</summary>
internal static class JsonNumber
{
    /// <summary>
    /// Gets the value of a JSON number, or of a JSON string that contains one. Returns false if it is not a number or is beyond the range of
    /// <see cref="decimal"/>; digits beyond 28 are rounded.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> raw, JsonKind kind, out decimal value)
    {
        value = 0;
        return (kind == JsonKind.Number || (kind == JsonKind.String && JsonScanner.IsNumber(raw)))
            && Utf8Parser.TryParse(raw, out value, out var consumed)
            && consumed == raw.Length;
    }
}
