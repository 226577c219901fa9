using System.Text.Json;
using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

/// <summary>Records its invocations and returns configured responses.</summary>
internal sealed class RecordingInvoker : IFunctionInvoker
{
    private readonly Lock _gate = new();
    private readonly List<Call> _calls = [];

    /// <summary>The function's response.</summary>
    public Func<Call, CancellationToken, Task<InvocationOutcome>> Function { get; set; } = (_, _) => Task.FromResult(Some.Success);

    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>The data of all records, as text, in order of delivery.</summary>
    public IReadOnlyList<string> Data => [.. Calls.SelectMany(call => call.Data)];

    public async Task<InvocationOutcome> InvokeAsync(
        string functionName, ReadOnlyMemory<byte> payload, string environmentKey, string requestId, CancellationToken cancellationToken)
    {
        using var json = JsonDocument.Parse(payload);
        var records = json.RootElement.GetProperty("Records").EnumerateArray().ToList();
        var call = new Call(
            environmentKey,
            requestId,
            [.. records.Select(record => System.Text.Encoding.UTF8.GetString(record.GetProperty("kinesis").GetProperty("data").GetBytesFromBase64()))],
            [.. records.Select(record => record.GetProperty("kinesis").GetProperty("partitionKey").GetString()!)],
            [.. records.Select(record => record.GetProperty("eventID").GetString()!)],
            json.RootElement.TryGetProperty("isFinalInvokeForWindow", out var isFinal) && isFinal.GetBoolean(),
            json.RootElement.TryGetProperty("state", out var state) ? state.GetRawText() : null);
        lock (_gate)
        {
            _calls.Add(call);
        }

        return await Function(call, cancellationToken);
    }

    internal sealed record Call(string EnvironmentKey, string RequestId, string[] Data, string[] Keys, string[] EventIds, bool IsFinal, string? State);
}
