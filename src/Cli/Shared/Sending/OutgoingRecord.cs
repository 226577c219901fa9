namespace Analytics.Cli.Shared.Sending;

/// <summary>A Kinesis record to put.</summary>
/// <param name="PartitionKey">1 to 256 characters; records with the same key stay in order.</param>
/// <param name="Data">The record's bytes.</param>
/// <param name="UserRecords">Number of user records: 1, or more in a KPL aggregate.</param>
internal readonly record struct OutgoingRecord(string PartitionKey, ReadOnlyMemory<byte> Data, int UserRecords = 1)
{
    /// <summary>Default maximum size of a record's data in bytes (1 MiB).</summary>
    public const int MaxDataBytes = 1_048_576;

    /// <summary>Maximum length of a partition key in characters.</summary>
    public const int MaxPartitionKeyLength = 256;

    /// <summary>Converts any text to a partition key: truncated to the maximum length, and never empty.</summary>
    public static string GetPartitionKey(string text, string fallback)
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
