using System.Text.Json.Serialization;
using Analytics.Alerting.Windows;

namespace Analytics.Anomalies;

/// <summary>JSON serialization of the function's response without reflection.</summary>
[JsonSerializable(typeof(WindowRuleResult))]
internal sealed partial class AnomaliesJsonContext : JsonSerializerContext;
