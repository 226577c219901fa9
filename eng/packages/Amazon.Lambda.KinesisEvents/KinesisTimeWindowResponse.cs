using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisEvents;

/// <summary>The response of a function with a tumbling window: the new state, and the records that Lambda must deliver again.</summary>
public class KinesisTimeWindowResponse
{
    /// <summary>The window's state for the next invocation.</summary>
    [JsonPropertyName("state")]
    public Dictionary<string, string> State { get; set; } = [];

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
