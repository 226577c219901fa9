using System.Diagnostics.CodeAnalysis;

namespace Analytics.Events.Reading;

/// <summary>Reads a protobuf message field by field (https://protobuf.dev/programming-guides/encoding/), over the bytes in place.</summary>
internal struct ProtobufReader(ReadOnlyMemory<byte> message)
{
    private int _position;

    /// <summary>The supported wire types; groups are not supported.</summary>
    public enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }

    /// <summary>Whether the end of the message is reached.</summary>
    public readonly bool AtEnd => _position == message.Length;

    /// <summary>Reads the number and wire type of the next field. Returns false if they are invalid.</summary>
    public bool TryReadTag(out int field, out WireType type)
    {
        var good = TryReadVarint(out var tag) && tag is >= 8 and <= uint.MaxValue;
        field = (int)(tag >> 3);
        type = (WireType)(tag & 7);
        return good;
    }

    /// <summary>Reads a varint of up to 64 bits. Returns false if it is truncated or too long.</summary>
    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        var bytes = message.Span[_position..];
        for (var index = 0; index < Math.Min(bytes.Length, 10); index++)
        {
            if (index == 9 && bytes[index] > 1)
            {
                return false;
            }

            value |= (ulong)(bytes[index] & 0x7F) << (7 * index);
            if (bytes[index] < 0x80)
            {
                _position += index + 1;
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a length-delimited value. Returns false if it is truncated.</summary>
    public bool TryReadBytes(out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (!TryReadVarint(out var length) || length > (ulong)(message.Length - _position))
        {
            return false;
        }

        bytes = message.Slice(_position, (int)length);
        _position += (int)length;
        return true;
    }

    /// <summary>Skips a field's value. Returns false if it is invalid.</summary>
    [SuppressMessage("Style", "IDE0072:Add missing cases", Justification = "A wire type comes from the bytes and may be any number.")]
    public bool TrySkip(WireType type) => type switch
    {
        WireType.Varint => TryReadVarint(out _),
        WireType.Bytes => TryReadBytes(out _),
        WireType.Fixed64 => TrySkipBytes(8),
        WireType.Fixed32 => TrySkipBytes(4),
        _ => false,
    };

    private bool TrySkipBytes(int count)
    {
        if (message.Length - _position < count)
        {
            return false;
        }

        _position += count;
        return true;
    }
}
