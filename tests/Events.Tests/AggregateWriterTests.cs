using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace Analytics.Events.Tests;

public sealed class AggregateWriterTests
{
    [Fact]
    public void AnAggregateIsMagicProtobufAndMd5()
    {
        byte[][] userRecords = ["{\"a\":1}"u8.ToArray(), [], Encoding.UTF8.GetBytes(new string('x', 300))];
        var aggregate = AggregateWriter.Pack([.. userRecords.Select(data => ("user_1", (ReadOnlyMemory<byte>)data))]);

        Assert.Equal([0xF3, 0x89, 0x9A, 0xC2], aggregate[..4]);
#pragma warning disable CA5351
        Assert.Equal(MD5.HashData(aggregate[4..^16]), aggregate[^16..]);
#pragma warning restore CA5351
        var (keys, data) = Parse(aggregate[4..^16]);
        Assert.Equal(["user_1"], keys);
        Assert.Equal(userRecords, data);
    }

    [Fact]
    public void ARecordThatDoesNotFitLeavesTheAggregateAsItWas()
    {
        var origin = new RecordOrigin("eu-west-1", "events", "shardId-000000000000:1");
        var writer = new AggregateWriter(maxBytes: 200);
        Assert.True(writer.TryAdd("a", new byte[50], origin));
        var before = writer.ToArray();

        Assert.False(writer.TryAdd("b", new byte[150], origin));

        Assert.Equal(before, writer.ToArray());
        Assert.Equal(before.Length, writer.Length);
        Assert.True(writer.TryAdd("b", []));
        Assert.True(AggregatedRecord.TryRead(writer.ToArray(), out var records));
        Assert.Equal([("a", 50), ("b", 0)], records.Select(record => (record.PartitionKey, record.Data.Length)));
    }

    private static (List<string> Keys, List<byte[]> Data) Parse(byte[] protobuf)
    {
        var keys = new List<string>();
        var data = new List<byte[]>();
        using var message = new CodedInputStream(protobuf);
        for (var tag = message.ReadTag(); tag != 0; tag = message.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    keys.Add(message.ReadString());
                    break;
                case 3:
                    using (var record = new CodedInputStream(message.ReadBytes().ToByteArray()))
                    {
                        Assert.Equal(WireFormat.MakeTag(1, WireFormat.WireType.Varint), record.ReadTag());
                        Assert.Equal(0UL, record.ReadUInt64());
                        Assert.Equal(WireFormat.MakeTag(3, WireFormat.WireType.LengthDelimited), record.ReadTag());
                        data.Add(record.ReadBytes().ToByteArray());
                        Assert.True(record.IsAtEnd);
                    }

                    break;
                default:
                    Assert.Fail($"unexpected field {WireFormat.GetTagFieldNumber(tag)}");
                    break;
            }
        }

        return (keys, data);
    }
}
