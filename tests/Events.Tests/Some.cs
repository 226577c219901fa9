using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace Analytics.Events.Tests;

/// <summary>Test data made independently of the code under test: gzip with GZipStream, aggregates with Google.Protobuf.</summary>
internal static class Some
{
    public static readonly EventReader Reader = new(EventLimits.Default);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static Event Event(string json)
    {
        foreach (ref readonly var user in Reader.Read(Utf8(json)))
        {
            Assert.True(user.IsEvent, $"{user.Malformed} for {json}");
            return user.Event;
        }

        throw new InvalidOperationException("There was no user record.");
    }

    public static Malformed Malformed(byte[] data, EventLimits? limits = null)
    {
        var all = All(data, limits);
        var only = Assert.Single(all);
        Assert.False(only.IsEvent);
        return only.Malformed;
    }

    public static Malformed Malformed(string text, EventLimits? limits = null) => Malformed(Utf8(text), limits);

    public static List<UserRecord> All(ReadOnlyMemory<byte> data, EventLimits? limits = null)
    {
        var all = new List<UserRecord>();
        foreach (ref readonly var user in new EventReader(limits ?? EventLimits.Default).Read(data))
        {
            all.Add(user);
        }

        return all;
    }

    public static string GetJson(in UserRecord user)
    {
        Assert.True(user.IsEvent, user.Malformed.ToString());
        return Encoding.UTF8.GetString(user.Event.Json.Span);
    }

    public static byte[] Gzip(byte[] data, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level))
        {
            gzip.Write(data);
        }

        return compressed.ToArray();
    }

    public static byte[] Gzip(string text) => Gzip(Utf8(text));

    /// <summary>A KPL aggregate of user records: a table of keys, and records that refer to it.</summary>
    public static byte[] Aggregate(params (string Key, byte[] Data)[] records)
    {
        var keys = records.Select(record => record.Key).Distinct().ToList();
        return Seal(Message(message =>
        {
            foreach (var key in keys)
            {
                message.WriteTag(1, WireFormat.WireType.LengthDelimited);
                message.WriteString(key);
            }

            foreach (var (key, data) in records)
            {
                WriteRecord(message, (ulong)keys.IndexOf(key), data);
            }
        }));
    }

    public static void WriteRecord(CodedOutputStream message, ulong keyIndex, byte[] data)
    {
        var record = Message(inner =>
        {
            inner.WriteTag(1, WireFormat.WireType.Varint);
            inner.WriteUInt64(keyIndex);
            inner.WriteTag(3, WireFormat.WireType.LengthDelimited);
            inner.WriteBytes(ByteString.CopyFrom(data));
        });
        message.WriteTag(3, WireFormat.WireType.LengthDelimited);
        message.WriteBytes(ByteString.CopyFrom(record));
    }

    public static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var message = new CodedOutputStream(bytes))
        {
            write(message);
        }

        return bytes.ToArray();
    }

    public static byte[] Seal(byte[] protobuf) => [0xF3, 0x89, 0x9A, 0xC2, .. protobuf, .. MD5.HashData(protobuf)];
}
