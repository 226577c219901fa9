using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisEvents;

/// <summary>A partial batch response: the records that Lambda must deliver again. Empty means success.</summary>
public class StreamsEventResponse
{
    /// <summary>The failures; for a stream the lowest sequence number counts. Null until it is set.</summary>
    [JsonPropertyName("batchItemFailures")]
    public IList<BatchItemFailure> BatchItemFailures { get; set; } = null!;

    /// <summary>A record that failed.</summary>
    public class BatchItemFailure
    {
        /// <summary>The record's sequence number.</summary>
        [JsonPropertyName("itemIdentifier")]
        public string ItemIdentifier { get; set; } = null!;
    }
}
