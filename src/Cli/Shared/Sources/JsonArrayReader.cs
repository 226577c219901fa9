using System.Buffers;
using Analytics.Cli.Shared.Files;

namespace Analytics.Cli.Shared.Sources;

/// <summary>
/// Splits a JSON array into the bytes of its elements, without surrounding white space. Only the end of each
/// element is detected; whether it is valid JSON is determined by the reader of the record.
/// </summary>
/// <param name="stream">The stream to read; not disposed.</param>
/// <param name="longest">Maximum length of an element in bytes.</param>
internal sealed class JsonArrayReader(Stream stream, int longest) : IRecordReader
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[],"u8);
    private static readonly SearchValues<byte> InString = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> Spaces = SearchValues.Create(" \t\r\n"u8);

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly MemoryStream _element = new();
    private int _position;
    private int _length;
    private long _elementLength;
    private bool _hasBegun;
    private bool _hasEnded;

    /// <inheritdoc/>
    public long Number { get; private set; }

    /// <inheritdoc/>
    public bool IsTooLong => _elementLength > longest;

    private ReadOnlySpan<byte> Rest => _buffer.AsSpan(_position, _length - _position);

    /// <inheritdoc/>
    public byte[]? Read()
    {
        if (_hasEnded)
        {
            return null;
        }

        if (!_hasBegun && !Begin())
        {
            End();
            return null;
        }

        _element.SetLength(0);
        _elementLength = 0;
        Number++;
        if (!SkipSpaces() || Rest[0] is (byte)',' or (byte)']')
        {
            throw new InvalidDataException($"is not a complete JSON array: element {Number} is missing");
        }

        ReadElement();
        return IsTooLong ? [] : Trimmed();
    }

    /// <returns>Whether there is another element.</returns>
    private bool Begin()
    {
        _hasBegun = true;
        if (!SkipSpaces() || Rest[0] != '[')
        {
            throw new InvalidDataException("is not a JSON array: it does not start with [");
        }

        _position++;
        if (SkipSpaces() && Rest[0] == ']')
        {
            _position++;
            return false;
        }

        return true;
    }

    private void ReadElement()
    {
        var depth = 0;
        var isInString = false;
        while (Fill())
        {
            var at = Rest.IndexOfAny(isInString ? InString : Structure);
            Keep(at < 0 ? Rest.Length : at);
            if (at < 0)
            {
                continue;
            }

            var character = Rest[0];
            if (depth == 0 && !isInString && (character is (byte)',' or (byte)']'))
            {
                _position++;
                if (character == ']')
                {
                    End();
                }

                return;
            }

            Keep(1);
            switch (character)
            {
                case (byte)'"':
                    isInString = !isInString;
                    break;
                case (byte)'\\' when Fill():
                    Keep(1);
                    break;
                case (byte)'{' or (byte)'[' when !isInString:
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when !isInString && --depth < 0:
                    throw new InvalidDataException($"is not a complete JSON array: element {Number} has an unmatched closing bracket");
            }
        }

        throw new InvalidDataException($"is not a complete JSON array: it ends in element {Number}");
    }

    private void End()
    {
        _hasEnded = true;
        if (SkipSpaces())
        {
            throw new InvalidDataException($"is not a complete JSON array: it is followed by other data after {Number} elements");
        }
    }

    private void Keep(int count)
    {
        _elementLength += count;
        if (!IsTooLong)
        {
            _element.Write(Rest[..count]);
        }

        _position += count;
    }

    private byte[] Trimmed()
    {
        var bytes = _element.GetBuffer().AsSpan(0, (int)_element.Length);
        return bytes[..(bytes.LastIndexOfAnyExcept(Spaces) + 1)].ToArray();
    }

    /// <returns>Whether something follows.</returns>
    private bool SkipSpaces()
    {
        while (Fill())
        {
            var at = Rest.IndexOfAnyExcept(Spaces);
            _position += at < 0 ? Rest.Length : at;
            if (at >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Whether there are more bytes.</returns>
    private bool Fill()
    {
        if (_position == _length)
        {
            _position = 0;
            _length = stream.Read(_buffer);
        }

        return _length > 0;
    }
}
