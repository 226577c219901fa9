using System.Text.Json.Serialization;
using Amazon.Lambda.KinesisEvents;

namespace Analytics.Reading.Benchmarks;

[JsonSerializable(typeof(KinesisEvent))]
internal sealed partial class BenchmarkJsonContext : JsonSerializerContext;
