namespace Analytics.Cli.Shared.Sending;

/// <summary>One Kinesis record to put.</summary>
/// <param name="PartitionKey">1 to 256 characters; records with one key stay in order.</param>
/// <param name="Data">The record's bytes.</param>
/// <param name="UserRecords">How many user records the bytes hold: 1, or more in a KPL aggregate.</param>
internal readonly record struct OutgoingRecord(string PartitionKey, ReadOnlyMemory<byte> Data, int UserRecords = 1)
{
    /// <summary>The most bytes of data that a stream takes in one record unless it is set up for more (1 MiB).</summary>
    public const int MaxDataBytes = 1_048_576;

    /// <summary>The most characters of a partition key.</summary>
    public const int MaxPartitionKeyLength = 256;

    /// <summary>Makes a partition key of any text: cut to the length allowed, and never empty.</summary>
    public static string PartitionKeyOf(string text, string fallback)
    {
        if (text.Length == 0)
        {
            return fallback;
        }

        if (text.Length <= MaxPartitionKeyLength)
        {
            return text;
        }

        var length = char.IsHighSurrogate(text[MaxPartitionKeyLength - 1]) ? MaxPartitionKeyLength - 1 : MaxPartitionKeyLength;
        return text[..length];
    }
}
