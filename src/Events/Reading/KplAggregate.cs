using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Analytics.Events.Reading;

/// <summary>Reads an aggregate of the Kinesis Producer Library.</summary>
internal sealed class KplAggregate
{
    private readonly List<string> _keys;
    private readonly List<string> _hashKeys;
    private ProtobufReader _reader;
    private ulong? _hashKeyIndex;

    private KplAggregate(ProtobufReader reader, List<string> keys, List<string> hashKeys)
    {
        _reader = reader;
        _keys = keys;
        _hashKeys = hashKeys;
    }

    /// <summary>The explicit hash key of the last user record read, or null.</summary>
    public string? ExplicitHashKey => _hashKeyIndex is { } index && index < (ulong)_hashKeys.Count ? _hashKeys[(int)index] : null;

    public static bool IsAggregate(ReadOnlySpan<byte> data) => data.StartsWith(KplFormat.Magic);

    /// <summary>Validates an aggregate. Returns false if its checksum or protobuf is invalid, or if it has no records.</summary>
    public static bool TryOpen(ReadOnlyMemory<byte> data, [NotNullWhen(true)] out KplAggregate? aggregate)
    {
        aggregate = null;
        if (data.Length < KplFormat.Magic.Length + MD5.HashSizeInBytes)
        {
            return false;
        }

        var message = data[KplFormat.Magic.Length..^MD5.HashSizeInBytes];
        Span<byte> checksum = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(message.Span, checksum);
        if (!data.Span.EndsWith(checksum) || !TryReadKeys(new ProtobufReader(message), out var keys, out var hashKeys))
        {
            return false;
        }

        aggregate = new KplAggregate(new ProtobufReader(message), keys, hashKeys);
        return true;
    }

    /// <summary>Reads the next user record and its origin tag. Returns false at the end.</summary>
    public bool TryNext(out ReadOnlyMemory<byte> data, [NotNullWhen(true)] out string? partitionKey, out RecordOrigin? origin)
    {
        while (!_reader.AtEnd && _reader.TryReadTag(out var field, out var type))
        {
            if (field == KplFormat.RecordsField && _reader.TryReadBytes(out var record) && TryReadRecord(record, out data, out var keyIndex, out _hashKeyIndex, out origin))
            {
                partitionKey = _keys[(int)keyIndex];
                return true;
            }

            _reader.TrySkip(type);
        }

        data = default;
        partitionKey = null;
        origin = null;
        return false;
    }

    /// <summary>Reads the keys of the message, and validates that every record is complete and its key exists.</summary>
    private static bool TryReadKeys(ProtobufReader reader, out List<string> keys, out List<string> hashKeys)
    {
        keys = [];
        hashKeys = [];
        var records = 0;
        var highestKeyIndex = 0UL;
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out var field, out var type))
            {
                return false;
            }

            if (field is not (KplFormat.KeyTableField or KplFormat.RecordsField) && (field, type) != (KplFormat.HashKeyTableField, ProtobufReader.WireType.Bytes))
            {
                if (!reader.TrySkip(type))
                {
                    return false;
                }

                continue;
            }

            if (type != ProtobufReader.WireType.Bytes || !reader.TryReadBytes(out var bytes))
            {
                return false;
            }

            if (field == KplFormat.HashKeyTableField)
            {
                hashKeys.Add(Encoding.ASCII.GetString(bytes.Span));
            }
            else if (field == KplFormat.KeyTableField)
            {
                if (!Utf8.IsValid(bytes.Span))
                {
                    return false;
                }

                keys.Add(Encoding.UTF8.GetString(bytes.Span));
            }
            else if (TryReadRecord(bytes, out _, out var keyIndex, out _, out _))
            {
                records++;
                highestKeyIndex = Math.Max(highestKeyIndex, keyIndex);
            }
            else
            {
                return false;
            }
        }

        return records > 0 && highestKeyIndex < (ulong)keys.Count;
    }

    private static bool TryReadRecord(
        ReadOnlyMemory<byte> record, out ReadOnlyMemory<byte> data, out ulong keyIndex, out ulong? hashKeyIndex, out RecordOrigin? origin)
    {
        data = default;
        keyIndex = 0;
        hashKeyIndex = null;
        origin = null;
        var hasData = false;
        var hasKey = false;
        var reader = new ProtobufReader(record);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out var field, out var type))
            {
                return false;
            }

            var good = (field, type) switch
            {
                (KplFormat.RecordKeyIndexField, ProtobufReader.WireType.Varint) => hasKey = reader.TryReadVarint(out keyIndex),
                (KplFormat.RecordHashKeyIndexField, ProtobufReader.WireType.Varint) => TryReadIndex(ref reader, out hashKeyIndex),
                (KplFormat.RecordDataField, ProtobufReader.WireType.Bytes) => hasData = reader.TryReadBytes(out data),
                (KplFormat.RecordTagsField, ProtobufReader.WireType.Bytes) => reader.TryReadBytes(out var tag) && TryReadOrigin(tag, ref origin),
                (KplFormat.RecordKeyIndexField or KplFormat.RecordDataField, _) => false,
                _ => reader.TrySkip(type),
            };
            if (!good)
            {
                return false;
            }
        }

        return hasData && hasKey;
    }

    private static bool TryReadIndex(ref ProtobufReader reader, out ulong? index)
    {
        var isRead = reader.TryReadVarint(out var value);
        index = value;
        return isRead;
    }

    /// <summary>Reads a tag. Returns false if its protobuf is invalid. Tags other than an origin are ignored.</summary>
    private static bool TryReadOrigin(ReadOnlyMemory<byte> tag, ref RecordOrigin? origin)
    {
        ReadOnlyMemory<byte> key = default;
        ReadOnlyMemory<byte> value = default;
        var reader = new ProtobufReader(tag);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out var field, out var type))
            {
                return false;
            }

            var good = (field, type) switch
            {
                (KplFormat.TagKeyField, ProtobufReader.WireType.Bytes) => reader.TryReadBytes(out key),
                (KplFormat.TagValueField, ProtobufReader.WireType.Bytes) => reader.TryReadBytes(out value),
                _ => reader.TrySkip(type),
            };
            if (!good)
            {
                return false;
            }
        }

        if (key.Span.SequenceEqual(RecordOrigin.TagKey) && RecordOrigin.TryParse(value.Span, out var found))
        {
            origin = found;
        }

        return true;
    }
}
