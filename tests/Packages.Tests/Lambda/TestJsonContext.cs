using System.Text.Json.Serialization;
using Amazon.Lambda.KinesisEvents;

namespace Analytics.Packages.Tests.Lambda;

[JsonSerializable(typeof(KinesisEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Order))]
public sealed partial class TestJsonContext : JsonSerializerContext;

/// <summary>Separate, because both responses have a nested BatchItemFailure, which one context cannot hold.</summary>
[JsonSerializable(typeof(KinesisTimeWindowEvent))]
[JsonSerializable(typeof(KinesisTimeWindowResponse))]
internal sealed partial class TimeWindowJsonContext : JsonSerializerContext;

public sealed record Order(string? OrderId, decimal Amount);
