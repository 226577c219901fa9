namespace Analytics.EndToEnd.Tests;

/// <summary>Reads aggregates of the Kinesis Producer Library without the product's code.</summary>
/// <remarks>https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md</remarks>
internal static class Aggregate
{
    private const int DigestLength = 16;
    private const int LengthDelimited = 2;
    private const int RecordsField = 3;
    private const int DataField = 3;

    private static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];

    /// <summary>The user records of an aggregate; of any other data, the data itself.</summary>
    public static IEnumerable<byte[]> UserRecords(byte[] data) =>
        data.AsSpan().StartsWith(Magic) ? Fields(data[Magic.Length..^DigestLength], RecordsField).SelectMany(record => Fields(record, DataField)) : [data];

    private static IEnumerable<byte[]> Fields(byte[] message, int number)
    {
        for (var position = 0; position < message.Length;)
        {
            var tag = Varint(message, ref position);
            var value = Varint(message, ref position);
            if ((tag & 7) != LengthDelimited)
            {
                continue;
            }

            if (tag >> 3 == number)
            {
                yield return message[position..(position + value)];
            }

            position += value;
        }
    }

    private static int Varint(byte[] message, ref int position)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[position++];
            value |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
