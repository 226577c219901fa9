using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Analytics.Local.Mapping;
using Analytics.Local.Runtime;

namespace Analytics.Local.Faults;

/// <summary>
/// Delivers some batches more than once, as at-least-once delivery may: first a delivery whose response is lost, then the batch again.
/// </summary>
/// <param name="invoker">Invokes the function.</param>
/// <param name="faults">Decides how batches are delivered.</param>
/// <param name="getLogicalId">Returns a function's logical ID, given its name.</param>
internal sealed class FaultyInvoker(IFunctionInvoker invoker, IDeliveryFaults faults, Func<string, string> getLogicalId) : IFunctionInvoker
{
    private readonly ConcurrentDictionary<(string, string), byte[]> _before = new();

    /// <inheritdoc/>
    public async Task<InvocationOutcome> InvokeAsync(
        string functionName, ReadOnlyMemory<byte> payload, string environmentKey, string requestId, CancellationToken cancellationToken)
    {
        var lane = (functionName, environmentKey);
        switch (faults.DecideDelivery(getLogicalId(functionName)))
        {
            case DeliveryFault.Duplicate:
                await invoker.InvokeAsync(functionName, payload, environmentKey, requestId, cancellationToken);
                break;
            case DeliveryFault.Regroup:
                var regrouped = Regroup(_before.GetValueOrDefault(lane), payload);
                await invoker.InvokeAsync(functionName, regrouped, environmentKey, Guid.NewGuid().ToString(), cancellationToken);
                break;
        }

        var outcome = await invoker.InvokeAsync(functionName, payload, environmentKey, requestId, cancellationToken);
        // Unsettled records are redelivered anyway; delivering them out of turn would violate the order.
        if (outcome.Status == InvocationStatus.Returned && outcome.Payload.Span.IndexOf("itemIdentifier"u8) < 0)
        {
            _before[lane] = payload.ToArray();
        }
        else
        {
            _before.TryRemove(lane, out _);
        }

        return outcome;
    }

    /// <summary>Creates an event with the second half of a batch, if any, and the first half of the next.</summary>
    internal static byte[] Regroup(byte[]? before, ReadOnlyMemory<byte> batch)
    {
        using var first = before is null ? null : JsonDocument.Parse(before);
        using var second = JsonDocument.Parse(batch);
        var end = first is null ? [] : Records(first).Skip(Records(first).Count / 2).ToList();
        var beginning = Records(second).Take((Records(second).Count + 1) / 2).ToList();
        var regrouped = Write([.. end, .. beginning]);
        return regrouped.Length <= LambdaService.MaxPayloadBytes ? regrouped : Write(beginning);
    }

    private static List<JsonElement> Records(JsonDocument batch) => [.. batch.RootElement.GetProperty("Records").EnumerateArray()];

    private static byte[] Write(IEnumerable<JsonElement> records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            foreach (var record in records)
            {
                record.WriteTo(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
