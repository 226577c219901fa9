using System.Text.Json.Serialization;
using Analytics.Alerting.Windows;

namespace Analytics.Anomalies;

/// <summary>The answer of the function, for Lambda's serializer, without reflection.</summary>
[JsonSerializable(typeof(WindowRuleResult))]
internal sealed partial class AnomaliesJsonContext : JsonSerializerContext;
