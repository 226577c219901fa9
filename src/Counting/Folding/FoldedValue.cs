namespace Analytics.Counting.Folding;

/// <summary>A value of a counter in a fold, and its last cell.</summary>
internal sealed class FoldedValue(int counter, byte[] canonical)
{
    private string? _encoded;

    public int Counter { get; } = counter;

    public Cell? LastCell { get; set; }

    /// <summary>The value as stored in the table.</summary>
    public string Encoded => _encoded ??= CanonicalValue.Encode(canonical);
}
