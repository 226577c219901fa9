using Analytics.Counting.Keys;

namespace Analytics.Counting.Folding;

/// <summary>A value of a counter, as it was met in a fold, and the cell of each window in which it was met last.</summary>
internal sealed class FoldedValue(int counter, byte[] canonical, int windows)
{
    private string? _encoded;
    private ulong? _fingerprint;

    public int Counter { get; } = counter;

    public Cell?[] LastCells { get; } = new Cell?[windows];

    /// <summary>The value as it stands in a sort key.</summary>
    public string Encoded => _encoded ??= CanonicalValue.Encode(canonical);

    /// <summary>Its 64 bits in the lists of admitted values.</summary>
    public ulong Fingerprint => _fingerprint ??= ValueText.Fingerprint(Encoded);
}
