using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisEvents;

/// <summary>A partial batch response: which records Lambda is to deliver again. Empty means that all went well.</summary>
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
