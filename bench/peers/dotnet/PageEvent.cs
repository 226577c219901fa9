using System.Text.Json.Serialization;
using Amazon.Lambda.KinesisEvents;
using AWS.Lambda.Powertools.BatchProcessing;

namespace Analytics.Peer;

/// <summary>An event as the producer sends it, with the fields that the functions use.</summary>
internal sealed record PageEvent(
    [property: JsonPropertyName("event_type")] string? EventType,
    [property: JsonPropertyName("user_id")] string? UserId,
    [property: JsonPropertyName("timestamp")] string? Timestamp,
    [property: JsonPropertyName("amount")] decimal? Amount,
    [property: JsonPropertyName("currency")] string? Currency,
    [property: JsonPropertyName("product_id")] string? ProductId);

[JsonSerializable(typeof(KinesisEvent))]
[JsonSerializable(typeof(BatchItemFailuresResponse))]
[JsonSerializable(typeof(PageEvent))]
internal sealed partial class PeerJsonContext : JsonSerializerContext;
