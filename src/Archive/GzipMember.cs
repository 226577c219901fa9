using System.Buffers;
using System.IO.Compression;

namespace Analytics.Archive;

/// <summary>
/// A gzip member being written. Writes are buffered, because compressing line by line is a few per cent slower.
/// </summary>
internal sealed class GzipMember(Stream destination) : IDisposable
{
    private const int GatheredBytes = 32 * 1024;

    private readonly GZipStream _gzip = new(destination, CompressionLevel.Optimal, leaveOpen: true);
    private byte[] _gathered = ArrayPool<byte>.Shared.Rent(GatheredBytes);
    private int _length;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _gathered.Length - _length)
        {
            Compress();
        }

        if (bytes.Length > _gathered.Length)
        {
            _gzip.Write(bytes);
            return;
        }

        bytes.CopyTo(_gathered.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Ends the member.</summary>
    public void Dispose()
    {
        Compress();
        _gzip.Dispose();
        ArrayPool<byte>.Shared.Return(_gathered);
        _gathered = [];
    }

    private void Compress()
    {
        _gzip.Write(_gathered.AsSpan(0, _length));
        _length = 0;
    }
}
