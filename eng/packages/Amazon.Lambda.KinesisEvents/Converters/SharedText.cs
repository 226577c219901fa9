using System.Text.Json;

namespace Amazon.Lambda.KinesisEvents.Converters;

/// <summary>A text common to most records of a batch: equal values share one string.</summary>
internal struct SharedText
{
    private byte[]? _raw;
    private int _length;
    private string? _text;

    /// <summary>Returns the text for the raw bytes of a JSON string (without quotes): the previous text if the bytes are equal.</summary>
    public string Get(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> raw)
    {
        if (_text is not null && raw.SequenceEqual(_raw.AsSpan(0, _length)))
        {
            return _text;
        }

        Keep(raw);
        return _text = reader.GetString()!;
    }

    /// <summary>Like the other overload, for a part of a string without escapes.</summary>
    public string Get(ReadOnlySpan<byte> raw)
    {
        if (_text is not null && raw.SequenceEqual(_raw.AsSpan(0, _length)))
        {
            return _text;
        }

        Keep(raw);
        return _text = System.Text.Encoding.UTF8.GetString(raw);
    }

    private void Keep(ReadOnlySpan<byte> raw)
    {
        if (_raw is null || _raw.Length < raw.Length)
        {
            _raw = new byte[raw.Length];
        }

        raw.CopyTo(_raw);
        _length = raw.Length;
    }
}
