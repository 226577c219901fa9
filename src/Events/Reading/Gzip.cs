using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;

namespace Analytics.Events.Reading;

/// <summary>Decompresses gzip (RFC 1952) of one or more members within a size limit.</summary>
internal static class Gzip
{
    /// <summary>
    /// A sentinel gzip member that contains "end." in a stored block. It is read after the data: the output ends with it only
    /// if the last member of the data is complete and nothing follows it. (GZipStream accepts truncated data
    /// and ignores data after the last member.)
    /// </summary>
    private static readonly byte[] EndMember =
    [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF,
        0x01, 0x04, 0x00, 0xFB, 0xFF, (byte)'e', (byte)'n', (byte)'d', (byte)'.',
        0x6B, 0x9D, 0xB2, 0xB2, 0x04, 0x00, 0x00, 0x00,
    ];

    private static ReadOnlySpan<byte> EndText => "end."u8;

    public static bool IsGzip(ReadOnlySpan<byte> data) => data is [0x1F, 0x8B, ..];

    /// <summary>Returns whether data starts like zlib (RFC 1950) with deflate and a window of 32 KB, which all writers use.</summary>
    public static bool IsZlib(ReadOnlySpan<byte> data) => data is [0x78, var flags, ..] && ((0x78 << 8) | flags) % 31 == 0;

    /// <summary>Decompresses data. Returns false if it is damaged or exceeds <paramref name="maxBytes"/>.</summary>
    public static bool TryDecompress(
        ReadOnlyMemory<byte> data, int maxBytes, [NotNullWhen(true)] out byte[]? content, out MalformedReason reason)
    {
        content = null;
        reason = MalformedReason.InvalidGzip;
        var maxTotal = maxBytes + EndText.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(maxTotal, Math.Max(4 * data.Length, 1024)) + 1);
        try
        {
            using var stream = new GZipStream(new TwoParts(data, EndMember), CompressionMode.Decompress);
            var total = 0;
            while (true)
            {
                var read = stream.Read(buffer, total, buffer.Length - total);
                total += read;
                if (total > maxTotal)
                {
                    reason = MalformedReason.DecompressedTooLarge;
                    return false;
                }

                if (read == 0)
                {
                    break;
                }

                if (total == buffer.Length)
                {
                    Grow(ref buffer, maxTotal + 1);
                }
            }

            if (!buffer.AsSpan(0, total).EndsWith(EndText))
            {
                return false;
            }

            content = buffer[..(total - EndText.Length)];
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Grow(ref byte[] buffer, int atMost)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * buffer.Length, Math.Max(atMost, buffer.Length + 1)));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    /// <summary>A stream that concatenates parts.</summary>
    private sealed class TwoParts(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second) : Stream
    {
        private ReadOnlyMemory<byte> _first = first;
        private ReadOnlyMemory<byte> _second = second;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var fromFirst = Take(ref _first, buffer);
            return fromFirst + Take(ref _second, buffer[fromFirst..]);
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static int Take(ref ReadOnlyMemory<byte> part, Span<byte> buffer)
        {
            var count = Math.Min(part.Length, buffer.Length);
            part.Span[..count].CopyTo(buffer);
            part = part[count..];
            return count;
        }
    }
}
