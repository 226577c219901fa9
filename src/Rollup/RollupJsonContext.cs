using System.Text.Json.Serialization;
using Analytics.Counting;

namespace Analytics.Rollup;

/// <summary>The answer of the function, for Lambda's serializer, without reflection.</summary>
[JsonSerializable(typeof(RollupResult))]
internal sealed partial class RollupJsonContext : JsonSerializerContext;
