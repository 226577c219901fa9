using System.Text.Json.Serialization;
using Amazon.Lambda.KinesisEvents;

namespace Analytics.Streaming;

/// <summary>Source-generated serialization of the functions' events and responses.</summary>
[JsonSerializable(typeof(KinesisEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
public sealed partial class BatchJsonContext : JsonSerializerContext;
