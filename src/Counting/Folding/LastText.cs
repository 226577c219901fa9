using System.Buffers;
using System.Text;
using Analytics.Events;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Folding;

/// <summary>Stores the start of the last text in a reused buffer, so that earlier texts cause no allocations.</summary>
internal sealed class LastText
{
    /// <summary>The maximum number of bytes of the stored characters: a UTF-16 character has at most three bytes in UTF-8.</summary>
    private const int MaxBytes = 3 * CounterDefinition.MaxLastLength;

    private byte[] _bytes = [];
    private int _length;
    private bool _hasText;

    public DateTimeOffset At { get; private set; }

    /// <summary>
    /// Stores a text if it is later; of two texts with the same time, the greater one by bytes, so that the result does not depend on
    /// batching.
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

    /// <summary>Returns the text, truncated to <see cref="CounterDefinition.MaxLastLength"/> characters without splitting one.</summary>
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
