namespace Analytics.Events.Reading;

/// <summary>
/// The aggregation format of the Kinesis Producer Library: magic, a protobuf message, its MD5
/// (https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md). The numbers are those of the message's fields.
/// </summary>
internal static class KplFormat
{
    public const int KeyTableField = 1;
    public const int HashKeyTableField = 2;
    public const int RecordsField = 3;
    public const int RecordKeyIndexField = 1;
    public const int RecordHashKeyIndexField = 2;
    public const int RecordDataField = 3;
    public const int RecordTagsField = 4;
    public const int TagKeyField = 1;
    public const int TagValueField = 2;

    public static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];
}
