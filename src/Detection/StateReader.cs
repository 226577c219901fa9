using System.Buffers.Binary;

namespace Analytics.Detection;

/// <summary>Reads the output of <see cref="StateWriter"/>, and rejects states that no detector can have written.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>The largest deviation in mean absolute errors: that of the largest value with the smallest spread.</summary>
    public const double MaxDeviation = 1e60;

    private const double MaxCount = 1e15;

    // The seasonal profiles round values to single precision.
    private const double MaxMagnitude = SeriesDetector.MaxMagnitude * (1 + 1e-6);
    private ReadOnlySpan<byte> _rest = bytes;

    public static FormatException Invalid() => new("The bytes are not a detector's state that this version can read.");

    public byte Byte(byte max) => Take(1)[0] is var value && value <= max ? value : throw Invalid();

    public long Int64(long min, long max) =>
        BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long))) is var value && value >= min && value <= max ? value : throw Invalid();

    public double Double(double min, double max) =>
        BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double))) is var value && value >= min && value <= max ? value : throw Invalid();

    public void Read(Forecaster forecaster)
    {
        forecaster.Offset = Double(-2 * MaxMagnitude, 2 * MaxMagnitude);
        forecaster.Weight = Double(0, MaxCount);
        forecaster.Forecasts = Double(0, MaxCount);
        forecaster.Spread = Double(0, 4 * MaxMagnitude);
        forecaster.Loss = Double(-MaxCount, MaxCount);
        if (forecaster.Profile is not { } profile)
        {
            return;
        }

        profile.CurrentSlot = Byte((byte)(profile.Visits.Length - 1));
        profile.CurrentSum = Double(-MaxMagnitude * MaxCount, MaxMagnitude * MaxCount);
        profile.CurrentCount = Double(0, MaxCount);
        for (var slot = 0; slot < profile.Visits.Length; slot++)
        {
            profile.Visits[slot] = Byte((byte)profile.Memory);
            if (profile.Visits[slot] > 0)
            {
                profile.Values[slot] = BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float))) is var value && float.IsFinite(value) ? value : throw Invalid();
            }
        }
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Invalid();
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw Invalid();
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
