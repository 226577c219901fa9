using System.Text.Json.Serialization;

namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>A partial batch response: the records that Lambda must deliver again. Empty means success.</summary>
public class BatchItemFailuresResponse
{
    internal BatchItemFailuresResponse(List<BatchItemFailure> batchItemFailures) => BatchItemFailures = batchItemFailures;

    /// <summary>The failed records, in the order of the batch.</summary>
    [JsonPropertyName("batchItemFailures")]
    public List<BatchItemFailure> BatchItemFailures { get; init; }

    /// <summary>A record that failed.</summary>
    public class BatchItemFailure
    {
        /// <summary>The record's identifier; for Kinesis its sequence number.</summary>
        [JsonPropertyName("itemIdentifier")]
        public string ItemIdentifier { get; init; } = null!;
    }
}
