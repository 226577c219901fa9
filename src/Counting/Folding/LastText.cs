using System.Buffers;
using System.Text;
using Analytics.Events;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Folding;

/// <summary>Keeps the beginning of the text that came last, in a buffer of its own, so that the ones before it leave nothing behind.</summary>
internal sealed class LastText
{
    /// <summary>No more bytes than these hold the characters that are kept: a UTF-16 character is at most three bytes of UTF-8.</summary>
    private const int MaxBytes = 3 * CounterDefinition.MaxLastLength;

    private byte[] _bytes = [];
    private int _length;

    public DateTimeOffset At { get; private set; }

    public void Take(EventText text, DateTimeOffset at)
    {
        At = at;
        if (text.TryCopyTo(_bytes, out _length))
        {
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(text.MaxLength);
        _ = text.TryCopyTo(rented, out var length);
        _length = Math.Min(length, MaxBytes);
        if (_bytes.Length < _length)
        {
            _bytes = new byte[Math.Min(Math.Max(_length, 64), MaxBytes)];
        }

        rented.AsSpan(0, _length).CopyTo(_bytes);
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>The text, cut to <see cref="CounterDefinition.MaxLastLength"/> characters, never through one.</summary>
    public override string ToString()
    {
        var text = Encoding.UTF8.GetString(_bytes, 0, _length);
        if (text.Length <= CounterDefinition.MaxLastLength)
        {
            return text;
        }

        var length = CounterDefinition.MaxLastLength;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
