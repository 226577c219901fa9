using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Analytics.Counting.Storage;

/// <summary>
/// Computes the size of items by DynamoDB's rules (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html), never
/// less than DynamoDB's size.
/// </summary>
internal static class ItemSize
{
    /// <summary>The maximum size of an item in bytes.</summary>
    public const int Max = 400 * 1024;

    public static int Compute(Dictionary<string, AttributeValue> item) => item.Sum(attribute => Compute(attribute.Key, attribute.Value));

    public static int Compute(string name, AttributeValue value) => Encoding.UTF8.GetByteCount(name) + Compute(value);

    private static int Compute(AttributeValue value) =>
        value.S is { } text ? Encoding.UTF8.GetByteCount(text)
        : value.N is { } number ? (number.Length / 2) + 2
        : value.B is { } bytes ? (int)bytes.Length
        : value.SS is { Count: > 0 } texts ? texts.Sum(Encoding.UTF8.GetByteCount)
        : value.M is { Count: > 0 } members ? 3 + members.Sum(member => 1 + Compute(member.Key, member.Value))
        : value.L is { Count: > 0 } elements ? 3 + elements.Sum(element => 1 + Compute(element))
        : 3;
}
