using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Analytics.Events.Json;

/// <summary>
/// Reads JSON (RFC 8259) forward-only, without exceptions or allocations: each method reads one element and returns false
/// on the first error, which is then in <see cref="Fault"/>. The bytes must be valid UTF-8, which is checked elsewhere.
/// </summary>
internal ref struct JsonScanner
{
    /// <summary>Numbers up to this length cannot overflow a double without an exponent.</summary>
    private const int AlwaysFiniteDigits = 300;

    private readonly ReadOnlySpan<byte> _json;
    private readonly int _maxStringBytes;
    private readonly int _maxDepth;
    private int _position;

    public JsonScanner(ReadOnlySpan<byte> json, int maxDepth, int maxStringBytes, int position = 0)
    {
        _json = json;
        _maxDepth = maxDepth;
        _maxStringBytes = maxStringBytes;
        _position = position;
    }

    /// <summary>Creates a scanner for JSON that is already validated.</summary>
    public static JsonScanner ForValid(ReadOnlySpan<byte> json, int position = 0) => new(json, int.MaxValue, int.MaxValue, position);

    /// <summary>The error, after a method has returned false.</summary>
    public Malformed Fault { get; private set; }

    /// <summary>The offset of the next byte.</summary>
    public readonly int Position => _position;

    /// <summary>Skips white space and returns the next byte without consuming it; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek()
    {
        var json = _json;
        var position = _position;
        while ((uint)position < (uint)json.Length)
        {
            var next = json[position];
            if (next > (byte)' ' || !IsWhiteSpace(next))
            {
                _position = position;
                return next;
            }

            position++;
        }

        _position = position;
        return 0;
    }

    /// <summary>Returns whether only white space is left.</summary>
    public bool ReadEnd() => (Peek() == 0 && _position >= _json.Length) || Fail(MalformedReason.NotJson);

    /// <summary>Enters an object or array at <paramref name="depth"/> (1 at the top level); the next byte must be its bracket.</summary>
    public bool Enter(int depth)
    {
        if (depth > _maxDepth)
        {
            return Fail(MalformedReason.TooDeep);
        }

        _position++;
        return true;
    }

    /// <summary>
    /// Call before each member of an object: consumes the comma, the name and the colon. Consumes a closing brace and sets
    /// <paramref name="atEnd"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadName(ref bool first, out JsonSlice name, out bool atEnd)
    {
        var next = Peek();
        atEnd = next == (byte)'}';
        name = default;
        if (atEnd)
        {
            _position++;
            return true;
        }

        if (!first)
        {
            if (next != (byte)',')
            {
                return Fail(MalformedReason.NotJson);
            }

            _position++;
            next = Peek();
        }

        first = false;
        if (next != (byte)'"')
        {
            return Fail(MalformedReason.NotJson);
        }

        if (!ReadString(out name))
        {
            return false;
        }

        if (Peek() != (byte)':')
        {
            return Fail(MalformedReason.NotJson);
        }

        _position++;
        return true;
    }

    /// <summary>
    /// Call before each element of an array: consumes the comma. Consumes a closing bracket and sets <paramref name="atEnd"/>.
    /// </summary>
    public bool ReadElement(ref bool first, out bool atEnd)
    {
        var next = Peek();
        atEnd = next == (byte)']';
        if (atEnd)
        {
            _position++;
            return true;
        }

        if (!first)
        {
            if (next != (byte)',')
            {
                return Fail(MalformedReason.NotJson);
            }

            _position++;
        }

        first = false;
        return true;
    }

    /// <summary>Reads a complete value; an object or array has depth <paramref name="depth"/>.</summary>
    public bool ReadValue(int depth, out JsonSlice value)
    {
        var next = Peek();
        switch (next)
        {
            case (byte)'"':
                return ReadString(out value);
            case (byte)'{':
                return ReadObject(depth, out value);
            case (byte)'[':
                return ReadArray(depth, out value);
            case (byte)'t':
                return ReadLiteral("true"u8, JsonKind.True, out value);
            case (byte)'f':
                return ReadLiteral("false"u8, JsonKind.False, out value);
            case (byte)'n':
                return ReadLiteral("null"u8, JsonKind.Null, out value);
            default:
                return ReadNumber(out value);
        }
    }

    /// <summary>Returns whether <paramref name="text"/> is a JSON number of any size.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text) =>
        text.Length > 0 && MeasureNumber(text, 0, out var end, out _) && end == text.Length;

    private bool ReadObject(int depth, out JsonSlice value)
    {
        value = default;
        var start = _position;
        if (!Enter(depth))
        {
            return false;
        }

        var first = true;
        while (true)
        {
            if (!ReadName(ref first, out _, out var atEnd))
            {
                return false;
            }

            if (atEnd)
            {
                value = new JsonSlice(JsonKind.Object, start, _position - start);
                return true;
            }

            if (!ReadValue(depth + 1, out _))
            {
                return false;
            }
        }
    }

    private bool ReadArray(int depth, out JsonSlice value)
    {
        value = default;
        var start = _position;
        if (!Enter(depth))
        {
            return false;
        }

        var first = true;
        while (true)
        {
            if (!ReadElement(ref first, out var atEnd))
            {
                return false;
            }

            if (atEnd)
            {
                value = new JsonSlice(JsonKind.Array, start, _position - start);
                return true;
            }

            if (!ReadValue(depth + 1, out _))
            {
                return false;
            }
        }
    }

    private bool ReadString(out JsonSlice value)
    {
        var json = _json;
        var start = _position + 1;
        var position = start;
        var escaped = false;
        while (true)
        {
            position = IndexOfSpecial(json, position);
            if ((uint)position >= (uint)json.Length || json[position] < (byte)' ')
            {
                value = default;
                _position = position;
                return Fail(MalformedReason.NotJson);
            }

            if (json[position] == (byte)'"')
            {
                break;
            }

            escaped = true;
            var length = EscapeLength(json[position..]);
            if (length == 0)
            {
                value = default;
                _position = position;
                return Fail(MalformedReason.NotJson);
            }

            position += length;
        }

        value = new JsonSlice(JsonKind.String, start, position - start, escaped);
        if (position - start > _maxStringBytes)
        {
            return Fail(MalformedReason.StringTooLong);
        }

        _position = position + 1;
        return true;
    }

    /// <summary>Returns the offset of the first quote, backslash or control character from <paramref name="position"/> on, or the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOfSpecial(ReadOnlySpan<byte> json, int position)
    {
        while (position <= json.Length - Vector128<byte>.Count)
        {
            var block = Vector128.Create(json.Slice(position, Vector128<byte>.Count));
            var special = Vector128.Equals(block, Vector128.Create((byte)'"'))
                | Vector128.Equals(block, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(block, Vector128.Create((byte)' '));
            var found = special.ExtractMostSignificantBits();
            if (found != 0)
            {
                return position + BitOperations.TrailingZeroCount(found);
            }

            position += Vector128<byte>.Count;
        }

        while ((uint)position < (uint)json.Length && json[position] is not ((byte)'"' or (byte)'\\' or < (byte)' '))
        {
            position++;
        }

        return position;
    }

    /// <summary>Returns the length of the escape at the start of <paramref name="text"/>, or 0 if there is none.</summary>
    private static int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] != (byte)'u')
        {
            return "\"\\/bfnrt"u8.Contains(text[1]) ? 2 : 0;
        }

        return text.Length >= 6
            && Uri.IsHexDigit((char)text[2]) && Uri.IsHexDigit((char)text[3])
            && Uri.IsHexDigit((char)text[4]) && Uri.IsHexDigit((char)text[5]) ? 6 : 0;
    }

    private bool ReadLiteral(ReadOnlySpan<byte> literal, JsonKind kind, out JsonSlice value)
    {
        value = new JsonSlice(kind, _position, literal.Length);
        if (!_json[_position..].StartsWith(literal))
        {
            return Fail(MalformedReason.NotJson);
        }

        _position += literal.Length;
        return true;
    }

    private bool ReadNumber(out JsonSlice value)
    {
        var start = _position;
        if (!MeasureNumber(_json, start, out var end, out var hasExponent))
        {
            value = default;
            _position = end;
            return Fail(MalformedReason.NotJson);
        }

        value = new JsonSlice(JsonKind.Number, start, end - start);
        if ((hasExponent || end - start > AlwaysFiniteDigits) && !IsFinite(_json[start..end]))
        {
            return Fail(MalformedReason.NumberNotFinite);
        }

        _position = end;
        return true;
    }

    private static bool IsFinite(ReadOnlySpan<byte> number) =>
        Utf8Parser.TryParse(number, out double value, out _) && double.IsFinite(value);

    /// <summary>number = [ "-" ] int [ frac ] [ exp ]; <paramref name="end"/> is the end of the number or the position of the error.</summary>
    private static bool MeasureNumber(ReadOnlySpan<byte> text, int start, out int end, out bool hasExponent)
    {
        hasExponent = false;
        end = start;
        if ((uint)end < (uint)text.Length && text[end] == (byte)'-')
        {
            end++;
        }

        if ((uint)end < (uint)text.Length && text[end] == (byte)'0')
        {
            end++;
        }
        else if (!SkipDigits(text, ref end))
        {
            return false;
        }

        if ((uint)end < (uint)text.Length && text[end] == (byte)'.')
        {
            end++;
            if (!SkipDigits(text, ref end))
            {
                return false;
            }
        }

        if ((uint)end < (uint)text.Length && text[end] is (byte)'e' or (byte)'E')
        {
            hasExponent = true;
            end++;
            if ((uint)end < (uint)text.Length && text[end] is (byte)'+' or (byte)'-')
            {
                end++;
            }

            return SkipDigits(text, ref end);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SkipDigits(ReadOnlySpan<byte> text, ref int position)
    {
        var at = position;
        while ((uint)at < (uint)text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        var any = at > position;
        position = at;
        return any;
    }

    private static bool IsWhiteSpace(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private bool Fail(MalformedReason reason)
    {
        Fault = new Malformed(reason, _position);
        return false;
    }
}
