using System.Security.Cryptography;
using System.Text;
using Analytics.Cli.Shared.Sending;
using Google.Protobuf;

namespace Analytics.Cli.Tests.Shared.Sending;

public sealed class KplAggregateTests
{
    [Fact]
    public void AnAggregateIsMagicProtobufAndMd5()
    {
        byte[][] userRecords = ["{\"a\":1}"u8.ToArray(), [], Encoding.UTF8.GetBytes(new string('x', 300))];
        var aggregate = KplAggregate.Pack("user_1", userRecords);

        Assert.Equal([0xF3, 0x89, 0x9A, 0xC2], aggregate[..4]);
#pragma warning disable CA5351
        Assert.Equal(MD5.HashData(aggregate[4..^16]), aggregate[^16..]);
#pragma warning restore CA5351
        var (keys, data) = Parse(aggregate[4..^16]);
        Assert.Equal(["user_1"], keys);
        Assert.Equal(userRecords, data);
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
