using System.Security.Cryptography;
using System.Text;
using Analytics.Events.Reading;

namespace Analytics.Events;

/// <summary>Writes user records into one Kinesis record in the aggregation format of the Kinesis Producer Library, which <see cref="AggregatedRecord"/> reads.</summary>
public sealed class AggregateWriter
{
    private readonly MemoryStream _content = new();
    private readonly Dictionary<string, uint> _keys = new(StringComparer.Ordinal);
    private readonly int _maxBytes;

    /// <summary>Starts an aggregate.</summary>
    /// <param name="maxBytes">The maximum size of the complete aggregate, in bytes.</param>
    public AggregateWriter(int maxBytes = int.MaxValue)
    {
        _maxBytes = maxBytes;
        _content.Write(KplFormat.Magic);
    }

    /// <summary>The size of the complete aggregate, in bytes.</summary>
    public int Length => (int)_content.Length + MD5.HashSizeInBytes;

    /// <summary>Packs user records, each with its partition key, in the library's order: all keys first.</summary>
    public static byte[] Pack(IReadOnlyCollection<(string PartitionKey, ReadOnlyMemory<byte> Data)> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var writer = new AggregateWriter();
        foreach (var (partitionKey, _) in records)
        {
            writer.AddKey(partitionKey);
        }

        foreach (var (partitionKey, data) in records)
        {
            writer.TryAdd(partitionKey, data.Span);
        }

        return writer.ToArray();
    }

    /// <summary>Adds a user record. Returns false, without a change, if it does not fit.</summary>
    /// <param name="partitionKey">The partition key.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="origin">The origin of the record, as a tag, or null.</param>
    public bool TryAdd(string partitionKey, ReadOnlySpan<byte> data, RecordOrigin? origin = null)
    {
        var length = _content.Length;
        var isNewKey = AddKey(partitionKey);
        var keyIndex = _keys[partitionKey];
        var tag = origin is { } found ? Encoding.ASCII.GetBytes(found.ToString()) : null;
        var tagLength = tag is null ? 0 : FieldLength(RecordOrigin.TagKey.Length) + FieldLength(tag.Length);
        WriteTag(KplFormat.RecordsField, ProtobufReader.WireType.Bytes);
        WriteVarint((uint)(1 + VarintLength(keyIndex) + FieldLength(data.Length) + (tag is null ? 0 : FieldLength(tagLength))));
        WriteTag(KplFormat.RecordKeyIndexField, ProtobufReader.WireType.Varint);
        WriteVarint(keyIndex);
        WriteBytes(KplFormat.RecordDataField, data);
        if (tag is not null)
        {
            WriteTag(KplFormat.RecordTagsField, ProtobufReader.WireType.Bytes);
            WriteVarint((uint)tagLength);
            WriteBytes(KplFormat.TagKeyField, RecordOrigin.TagKey);
            WriteBytes(KplFormat.TagValueField, tag);
        }

        if (Length <= _maxBytes)
        {
            return true;
        }

        _content.SetLength(length);
        if (isNewKey)
        {
            _keys.Remove(partitionKey);
        }

        return false;
    }

    /// <summary>Returns the complete aggregate.</summary>
    public byte[] ToArray()
    {
        var content = _content.GetBuffer().AsSpan(0, (int)_content.Length);
        var data = new byte[Length];
        content.CopyTo(data);

        // The format requires MD5, which protects only against accidental corruption.
#pragma warning disable CA5351
        MD5.HashData(content[KplFormat.Magic.Length..], data.AsSpan(content.Length));
#pragma warning restore CA5351
        return data;
    }

    private bool AddKey(string partitionKey)
    {
        var isNew = _keys.TryAdd(partitionKey, (uint)_keys.Count);
        if (isNew)
        {
            WriteBytes(KplFormat.KeyTableField, Encoding.UTF8.GetBytes(partitionKey));
        }

        return isNew;
    }

    private static int FieldLength(int length) => 1 + VarintLength((uint)length) + length;

    private static int VarintLength(uint value)
    {
        var length = 1;
        for (; value >= 0x80; value >>= 7)
        {
            length++;
        }

        return length;
    }

    private void WriteTag(int field, ProtobufReader.WireType type) => _content.WriteByte((byte)((field << 3) | (int)type));

    private void WriteBytes(int field, ReadOnlySpan<byte> bytes)
    {
        WriteTag(field, ProtobufReader.WireType.Bytes);
        WriteVarint((uint)bytes.Length);
        _content.Write(bytes);
    }

    private void WriteVarint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _content.WriteByte((byte)(value | 0x80));
        }

        _content.WriteByte((byte)value);
    }
}
