using System.Text.Json;
using System.Text.Json.Serialization;

namespace Analytics.Dashboard.Controls;

/// <summary>A request of the page: one of <c>set</c>, <c>send</c>, <c>reshard</c> and <c>fault</c>.</summary>
internal sealed record ControlRequest
{
    private static readonly IReadOnlyDictionary<string, BurstKind> Bursts = new Dictionary<string, BurstKind>(StringComparer.Ordinal)
    {
        ["error-spike"] = BurstKind.ErrorSpike,
        ["malformed"] = BurstKind.Malformed,
        ["high-value-order"] = BurstKind.HighValueOrder,
    };

    /// <summary>The new settings of the producer.</summary>
    public ProducerSettings? Set { get; init; }

    /// <summary>The events to send at once: error-spike, malformed or high-value-order.</summary>
    public string? Send { get; init; }

    /// <summary>split or merge.</summary>
    public string? Reshard { get; init; }

    /// <summary>The name of a fault.</summary>
    public string? Fault { get; init; }

    /// <summary>Parses a request.</summary>
    /// <returns>The request, or null if it is invalid.</returns>
    public static ControlRequest? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, ControlJson.Default.ControlRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Executes the request.</summary>
    /// <returns>Whether it succeeded, and a message.</returns>
    public async Task<(bool Accepted, string Message)> ApplyAsync(IPipelineControls controls, CancellationToken cancellationToken)
    {
        switch (this)
        {
            case { Set: { } settings, Send: null, Reshard: null, Fault: null }:
                if (GetRejectionReason(settings, controls.State.Settings) is { } reason)
                {
                    return (false, reason);
                }

                controls.Set(settings);
                return (true, settings.Rate == 0 ? "The producer stopped." : $"The producer sends {settings.Rate} events a second.");
            case { Set: null, Send: { } send, Reshard: null, Fault: null } when Bursts.TryGetValue(send, out var kind):
                await controls.SendAsync(kind, cancellationToken);
                return (true, kind switch
                {
                    BurstKind.ErrorSpike => "Sent 200 errors.",
                    BurstKind.Malformed => "Sent 10 malformed records.",
                    _ => "Sent a purchase above 500.",
                });
            case { Set: null, Send: null, Reshard: "split" or "merge", Fault: null }:
                return (true, await controls.ReshardAsync(Reshard == "split", cancellationToken));
            case { Set: null, Send: null, Reshard: null, Fault: { } fault } when controls.State.Faults.Contains(fault):
                return (true, controls.Inject(fault));
            default:
                return (false, "There is no such control.");
        }
    }

    private static string? GetRejectionReason(ProducerSettings settings, ProducerSettings known) =>
        settings.Rate is < 0 or > ProducerSettings.MaxRate ? $"The rate must be from 0 to {ProducerSettings.MaxRate}."
        : settings.MalformedPercent is < 0 or > 100 || settings.HotKeyPercent is < 0 or > 100 ? "A share must be from 0 to 100."
        : settings.Mix is null || settings.Mix.Values.Any(weight => weight is < 0 or > 100) || settings.Mix.Values.Sum() == 0
            || settings.Mix.Keys.Any(name => !known.Mix.ContainsKey(name)) ? "The mix must give weights from 0 to 100 to known dialects, not all 0."
        : null;
}

/// <summary>JSON serialization of <see cref="ControlRequest"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ControlRequest))]
internal sealed partial class ControlJson : JsonSerializerContext;
