using System.Buffers;
using System.Buffers.Binary;
using Analytics.Counting.Keys;
using Analytics.Events;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Folding;

/// <summary>
/// Computes the bytes that identify a value in a fold: for each part a mark, a length and the text, whose end is replaced by its hash if it is
/// too long for a key. Computed in place, without allocation except for long texts.
/// </summary>
internal sealed class CanonicalValue
{
    private const byte Absent = 0;
    private const byte Whole = 1;
    private const byte Beginning = 2;
    private const int Header = 3;

    private readonly byte[] _buffer = new byte[CounterDefinition.MaxBy * (Header + ValueText.MaxPartBytes + ValueText.HashBytes)];

    /// <summary>Returns the canonical value of an event; valid until the next call.</summary>
    public ReadOnlySpan<byte> Compute(IReadOnlyList<FieldPath> by, in Event @event)
    {
        var length = 0;
        for (var index = 0; index < by.Count; index++)
        {
            length += Write(by[index].Text(@event), _buffer.AsSpan(length));
        }

        return _buffer.AsSpan(0, length);
    }

    /// <summary>Returns the value as stored in a sort key.</summary>
    public static string Encode(ReadOnlySpan<byte> canonical)
    {
        if (canonical.IsEmpty)
        {
            return ValueText.All;
        }

        var first = TakePart(ref canonical);
        return canonical.IsEmpty ? first : ValueText.Join(first, TakePart(ref canonical));
    }

    private static int Write(EventText text, Span<byte> destination)
    {
        if (!text.IsPresent)
        {
            return WriteHeader(destination, Absent, 0);
        }

        if (text.TryCopyTo(destination.Slice(Header, ValueText.MaxPartBytes), out var written))
        {
            return WriteHeader(destination, Whole, written);
        }

        var rented = ArrayPool<byte>.Shared.Rent(text.MaxLength);
        try
        {
            _ = text.TryCopyTo(rented, out var length);
            return WriteLong(rented.AsSpan(0, length), destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int WriteLong(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (text.TryCopyTo(destination.Slice(Header, ValueText.MaxPartBytes)))
        {
            return WriteHeader(destination, Whole, text.Length);
        }

        text[..ValueText.MaxPartBytes].CopyTo(destination[Header..]);
        ValueText.ComputeHash(text, destination.Slice(Header + ValueText.MaxPartBytes, ValueText.HashBytes));
        return WriteHeader(destination, Beginning, ValueText.MaxPartBytes + ValueText.HashBytes);
    }

    private static int WriteHeader(Span<byte> destination, byte mark, int length)
    {
        destination[0] = mark;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[1..], (ushort)length);
        return Header + length;
    }

    private static string TakePart(ref ReadOnlySpan<byte> canonical)
    {
        var mark = canonical[0];
        var length = BinaryPrimitives.ReadUInt16LittleEndian(canonical[1..]);
        var text = canonical.Slice(Header, length);
        canonical = canonical[(Header + length)..];
        return mark switch
        {
            Absent => ValueText.None,
            Whole => ValueText.EncodePart(text),
            _ => ValueText.EncodePart(text[..ValueText.MaxPartBytes], text[ValueText.MaxPartBytes..]),
        };
    }
}
