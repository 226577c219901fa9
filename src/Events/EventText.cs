namespace Analytics.Events;

/// <summary>A scalar of an event, still as UTF-8 in the event's own JSON.</summary>
public readonly ref struct EventText
{
    /// <summary>Whether the event has the field with a scalar value.</summary>
    public bool IsPresent => throw new NotImplementedException();

    /// <summary>The bytes that <see cref="TryCopyTo"/> needs at most.</summary>
    public int MaxLength => throw new NotImplementedException();

    /// <summary>Whether the value equals <paramref name="utf8"/> once its JSON escapes are resolved.</summary>
    public bool Equals(ReadOnlySpan<byte> utf8) => throw new NotImplementedException();

    /// <summary>Writes the value with its JSON escapes resolved; false when <paramref name="destination"/> is too small.</summary>
    public bool TryCopyTo(Span<byte> destination, out int written) => throw new NotImplementedException();

    /// <summary>The value as a string; empty when absent. Unpaired surrogate escapes become U+FFFD.</summary>
    public override string ToString() => throw new NotImplementedException();
}
