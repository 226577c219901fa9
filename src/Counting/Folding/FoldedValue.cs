namespace Analytics.Counting.Folding;

/// <summary>A value of a counter, as it was met in a fold, and the cell in which it was met last.</summary>
internal sealed class FoldedValue(int counter, byte[] canonical)
{
    private string? _encoded;

    public int Counter { get; } = counter;

    public Cell? LastCell { get; set; }

    /// <summary>The value as it stands in the table.</summary>
    public string Encoded => _encoded ??= CanonicalValue.Encode(canonical);
}
