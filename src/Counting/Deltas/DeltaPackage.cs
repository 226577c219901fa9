using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Analytics.Counting.Packing;
using Analytics.Streaming;

namespace Analytics.Counting.Deltas;

/// <summary>Packs a delta's bytes for an item: compressed, with a checksum that also covers the item's other attributes.</summary>
/// <remarks>
/// Measured natively with the shipped definitions and 1,000 sample events: 9,365 bytes, deflated 4,843 in 0.15 ms, by Brotli 5 4,578 in 0.36 ms. Both
/// need the same number of write units, so deflate is used, which the functions include for gzip anyway.
/// </remarks>
internal static class DeltaPackage
{
    private const byte Version = 1;
    private const byte Stored = 0;
    private const byte Deflated = 1;

    /// <summary>The maximum unpacked size of a delta of less than 400 KB, given deflate's maximum ratio of 1,032.</summary>
    private const int MaxUnpacked = 512 * 1024 * 1024;

    /// <summary>Size up to which compression has no benefit: the item, with its other attributes, stays within the kilobyte that is billed.</summary>
    private const int MinCompressed = 400;

    /// <summary>Packs bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="attributes">The other attributes, as one text.</param>
    public static byte[] Pack(byte[] bytes, string attributes)
    {
        using var deflated = new MemoryStream();
        if (bytes.Length >= MinCompressed)
        {
            using var deflate = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true);
            deflate.Write(bytes);
        }

        var isSmaller = deflated.Length > 0 && deflated.Length < bytes.Length;
        var writer = new PackedWriter();
        writer.Byte(Version);
        writer.Byte(isSmaller ? Deflated : Stored);
        BinaryPrimitives.WriteUInt64BigEndian(writer.Reserve(sizeof(ulong)), ComputeChecksum(bytes, attributes));
        writer.Number((ulong)bytes.Length);
        var content = isSmaller ? deflated.GetBuffer().AsSpan(0, (int)deflated.Length) : bytes;
        content.CopyTo(writer.Reserve(content.Length));
        return writer.ToArray();
    }

    /// <summary>Unpacks bytes.</summary>
    /// <exception cref="FormatException">The bytes were not packed by <see cref="Pack"/> with these attributes.</exception>
    public static byte[] Unpack(byte[] package, string attributes)
    {
        var reader = new PackedReader(package);
        var version = reader.Byte();
        var method = reader.Number(Deflated);
        var checksum = BinaryPrimitives.ReadUInt64BigEndian(reader.Bytes(sizeof(ulong)));
        var length = reader.Number(MaxUnpacked);
        if (version != Version || length > (long)reader.Rest.Length * 1040)
        {
            throw PackedReader.Invalid();
        }

        var bytes = method == Stored ? reader.Rest.ToArray() : Inflate(package, package.Length - reader.Rest.Length, length);
        return bytes.Length == length && ComputeChecksum(bytes, attributes) == checksum ? bytes : throw PackedReader.Invalid();
    }

    private static byte[] Inflate(byte[] package, int start, int length)
    {
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(package, start, package.Length - start), CompressionMode.Decompress);
            var bytes = new byte[length];
            inflate.ReadExactly(bytes);
            return inflate.ReadByte() < 0 ? bytes : throw PackedReader.Invalid();
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw PackedReader.Invalid();
        }
    }

    private static ulong ComputeChecksum(byte[] bytes, string attributes) => XxHash64.Compute(bytes, XxHash64.Compute(Encoding.UTF8.GetBytes(attributes)));
}
