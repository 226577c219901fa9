using System.Text.Json;

namespace Amazon.Lambda.KinesisEvents.Converters;

/// <summary>A text that most records of a batch have in common: equal values become one string.</summary>
internal struct SharedText
{
    private byte[]? _raw;
    private int _length;
    private string? _text;

    /// <summary>The text for a string's bytes as they stand in the JSON (without quotes): the last one, if they are the same again.</summary>
    public string Get(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> raw)
    {
        if (_text is not null && raw.SequenceEqual(_raw.AsSpan(0, _length)))
        {
            return _text;
        }

        Keep(raw);
        return _text = reader.GetString()!;
    }

    /// <summary>As the other, for a part of a string that has no escapes.</summary>
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
