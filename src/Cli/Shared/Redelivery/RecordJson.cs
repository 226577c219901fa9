using System.Text.Unicode;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Shared.Redelivery;

/// <summary>Writes a record as a line of JSON that is safe to print regardless of its bytes.</summary>
internal static class RecordJson
{
    /// <summary>Returns the line without line feed: the bytes as text in <c>data</c> if they are UTF-8, otherwise in <c>dataBase64</c>.</summary>
    public static string Write(PastRecord record) => JsonText.Write(JsonText.Escaped, json =>
    {
        json.WriteStartObject();
        json.WriteString("shardId", record.ShardId);
        json.WriteString("sequenceNumber", record.SequenceNumber.ToString());
        json.WriteString("partitionKey", record.PartitionKey);
        json.WriteString("approximateArrivalTimestamp", record.ArrivalTime);
        if (Utf8.IsValid(record.Data.Span))
        {
            json.WriteString("data", record.Data.Span);
        }
        else
        {
            json.WriteBase64String("dataBase64", record.Data.Span);
        }

        json.WriteEndObject();
    });
}
