using System.Buffers;
using System.Buffers.Binary;

namespace Analytics.Detection;

/// <summary>Writes a detector's state: little-endian fields, and the visited slots of each profile.</summary>
internal sealed class StateWriter
{
    /// <summary>The first byte of a state.</summary>
    public const byte Version = 1;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.GetSpan(sizeof(double)), value);
        _buffer.Advance(sizeof(double));
    }

    public void Write(Forecaster forecaster)
    {
        Double(forecaster.Offset);
        Double(forecaster.Weight);
        Double(forecaster.Forecasts);
        Double(forecaster.Spread);
        Double(forecaster.Loss);
        if (forecaster.Profile is not { } profile)
        {
            return;
        }

        Byte((byte)profile.CurrentSlot);
        Double(profile.CurrentSum);
        Double(profile.CurrentCount);
        for (var slot = 0; slot < profile.Visits.Length; slot++)
        {
            Byte(profile.Visits[slot]);
            if (profile.Visits[slot] > 0)
            {
                Single(profile.Values[slot]);
            }
        }
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    private void Single(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(_buffer.GetSpan(sizeof(float)), value);
        _buffer.Advance(sizeof(float));
    }
}
