using System.Text.Json.Serialization;

namespace Analytics.Cli.Cost;

/// <summary>JSON serialization of prices and measurements.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PriceTable))]
[JsonSerializable(typeof(QuotaTable))]
[JsonSerializable(typeof(MeasurementsFile))]
[JsonSerializable(typeof(MeasuredRun))]
internal sealed partial class CostingJson : JsonSerializerContext;
