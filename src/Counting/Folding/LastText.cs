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
    private bool _hasText;

    public DateTimeOffset At { get; private set; }

    /// <summary>
    /// Takes a text if it came later; of two at the same time the greater one by bytes, so that the outcome does not depend on how records are
    /// batched.
    /// </summary>
    public void Take(EventText text, DateTimeOffset at)
    {
        if (_hasText && at < At)
        {
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(text.MaxLength);
        _ = text.TryCopyTo(rented, out var written);
        var taken = rented.AsSpan(0, Math.Min(written, MaxBytes));
        if (!_hasText || at > At || taken.SequenceCompareTo(_bytes.AsSpan(0, _length)) > 0)
        {
            if (_bytes.Length < taken.Length)
            {
                _bytes = new byte[Math.Min(Math.Max(taken.Length, 64), MaxBytes)];
            }

            taken.CopyTo(_bytes);
            (_hasText, _length, At) = (true, taken.Length, at);
        }

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
