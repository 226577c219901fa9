using System.Buffers.Binary;

namespace Analytics.Alerting.Windows;

/// <summary>The latest points of a series, packed.</summary>
internal sealed class LatestPoints
{
    /// <summary>The maximum number of points: an hour of minutes.</summary>
    public const int Max = 60;

    private const int PointBytes = 20;

    private readonly Queue<ExpectedPoint> _points = new();

    /// <summary>The points, the oldest first.</summary>
    public IReadOnlyCollection<ExpectedPoint> Points => _points;

    /// <summary>Parses the output of <see cref="ToBytes"/>.</summary>
    public static LatestPoints Read(ReadOnlySpan<byte> bytes)
    {
        var latest = new LatestPoints();
        for (; bytes.Length >= PointBytes; bytes = bytes[PointBytes..])
        {
            latest.Add(new ExpectedPoint(
                DateTimeOffset.UnixEpoch.AddMinutes(BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
                BinaryPrimitives.ReadSingleLittleEndian(bytes[4..]),
                BinaryPrimitives.ReadSingleLittleEndian(bytes[8..]),
                BinaryPrimitives.ReadSingleLittleEndian(bytes[12..]),
                BinaryPrimitives.ReadSingleLittleEndian(bytes[16..])));
        }

        return latest;
    }

    /// <summary>Adds a point. Windows start at whole minutes.</summary>
    public void Add(ExpectedPoint point)
    {
        if (_points.Count == Max)
        {
            _ = _points.Dequeue();
        }

        _points.Enqueue(point);
    }

    /// <summary>Packs the points.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_points.Count * PointBytes];
        var rest = bytes.AsSpan();
        foreach (var point in _points)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)(point.Start - DateTimeOffset.UnixEpoch).TotalMinutes);
            BinaryPrimitives.WriteSingleLittleEndian(rest[4..], point.Value);
            BinaryPrimitives.WriteSingleLittleEndian(rest[8..], point.Low);
            BinaryPrimitives.WriteSingleLittleEndian(rest[12..], point.High);
            BinaryPrimitives.WriteSingleLittleEndian(rest[16..], point.Score);
            rest = rest[PointBytes..];
        }

        return bytes;
    }
}
