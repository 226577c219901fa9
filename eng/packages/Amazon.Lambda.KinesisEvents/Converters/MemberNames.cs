using System.Text;
using System.Text.Json;

namespace Amazon.Lambda.KinesisEvents.Converters;

/// <summary>
/// The members of one kind of object. Their order is usually the same, so the name after the last match is tried first.
/// </summary>
internal sealed class MemberNames(params string[] names)
{
    private const int MaxLength = 64;

    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Returns the index of the reader's property name, case-insensitively, or -1.</summary>
    /// <param name="reader">Positioned on a property name.</param>
    /// <param name="expected">The index to try first.</param>
    public int Find(ref Utf8JsonReader reader, int expected)
    {
        if (!reader.HasValueSequence && (uint)expected < (uint)_names.Length && reader.ValueSpan.SequenceEqual(_names[expected]))
        {
            return expected;
        }

        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > MaxLength)
        {
            return -1;
        }

        Span<byte> unescaped = stackalloc byte[MaxLength];
        var name = unescaped[..reader.CopyString(unescaped)];
        for (var i = 0; i < _names.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(name, _names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
