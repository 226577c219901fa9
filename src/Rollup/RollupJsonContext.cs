using System.Text.Json.Serialization;
using Analytics.Counting;

namespace Analytics.Rollup;

/// <summary>Source-generated serialization of the function's response.</summary>
[JsonSerializable(typeof(RollupResult))]
internal sealed partial class RollupJsonContext : JsonSerializerContext;
