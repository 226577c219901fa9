using System.Text.Json.Serialization;
using Amazon.Lambda.KinesisEvents;

namespace Analytics.Streaming;

/// <summary>What the functions take in and answer, for Lambda's serializer, without reflection.</summary>
[JsonSerializable(typeof(KinesisEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
public sealed partial class BatchJsonContext : JsonSerializerContext;
