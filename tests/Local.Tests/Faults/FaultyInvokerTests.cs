using System.Text;
using Analytics.Local.Faults;
using Analytics.Local.Mapping;
using Analytics.Local.Tests.Mapping;

namespace Analytics.Local.Tests.Faults;

public sealed class FaultyInvokerTests : IDeliveryFaults
{
    private readonly RecordingInvoker _inner = new();
    private readonly Queue<DeliveryFault> _faults = [];
    private readonly FaultyInvoker _invoker;

    public FaultyInvokerTests() => _invoker = new FaultyInvoker(_inner, this, name => $"id of {name}");

    public DeliveryFault DecideDelivery(string function)
    {
        Assert.Equal("id of function", function);
        return _faults.Dequeue();
    }

    [Fact]
    public async Task ADuplicateIsTheSameRequestAgainAndItsSecondAnswerCounts()
    {
        var answers = new Queue<InvocationOutcome>([InvocationOutcome.Returned("1"u8.ToArray()), InvocationOutcome.Returned("2"u8.ToArray())]);
        _inner.Function = (_, _) => Task.FromResult(answers.Dequeue());

        var outcome = await InvokeAsync(DeliveryFault.Duplicate, "a", "b");

        Assert.Equal("2", Encoding.UTF8.GetString(outcome.Payload.Span));
        Assert.Equal(["ab", "ab"], Groups);
        Assert.Single(_inner.Calls.Select(call => call.RequestId).Distinct());
    }

    [Fact]
    public async Task ARegroupedDeliveryIsTheEndOfTheBatchBeforeAndTheBeginningOfThisOne()
    {
        await InvokeAsync(DeliveryFault.None, "a", "b", "c", "d");
        await InvokeAsync(DeliveryFault.Regroup, "e", "f", "g");

        Assert.Equal(["abcd", "cdef", "efg"], Groups);
        Assert.Equal(3, _inner.Calls.Select(call => call.RequestId).Distinct().Count());
    }

    [Fact]
    public async Task TheFirstBatchIsRegroupedByItself()
    {
        await InvokeAsync(DeliveryFault.Regroup, "a", "b", "c");

        Assert.Equal(["ab", "abc"], Groups);
    }

    [Fact]
    public async Task FailedBatchIsNotDeliveredOutOfOrder()
    {
        _inner.Function = (_, _) => Task.FromResult(Some.Failing("s:c"));
        await InvokeAsync(DeliveryFault.None, "a", "b", "c", "d");
        await InvokeAsync(DeliveryFault.Regroup, "c", "d");

        Assert.Equal(["abcd", "c", "cd"], Groups);
    }

    private IEnumerable<string> Groups => _inner.Calls.Select(call => string.Concat(call.Data));

    private Task<InvocationOutcome> InvokeAsync(DeliveryFault fault, params string[] data)
    {
        _faults.Enqueue(fault);
        var records = data.Select(text =>
            $$"""{"kinesis":{"partitionKey":"k","data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}"},"eventID":"s:{{text}}"}""");
        return _invoker.InvokeAsync(
            "function", Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', records)}}]}"""), "shard/0", $"request {data[0]}", CancellationToken.None);
    }
}
