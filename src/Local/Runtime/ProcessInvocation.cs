using System.Text;

namespace Analytics.Local.Runtime;

/// <summary>The response of a process to an invocation.</summary>
/// <param name="Payload">The response or the error, UTF-8 JSON.</param>
/// <param name="IsError">Whether the function reported an error.</param>
internal readonly record struct InvocationAnswer(ReadOnlyMemory<byte> Payload, bool IsError);

/// <summary>An invocation in a process.</summary>
internal sealed class ProcessInvocation(string requestId, ReadOnlyMemory<byte> payload, DateTimeOffset deadline)
{
    private readonly TaskCompletionSource<InvocationAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId => requestId;

    public ReadOnlyMemory<byte> Payload => payload;

    public DateTimeOffset Deadline => deadline;

    /// <summary>The end of what was logged during the invocation.</summary>
    public StringBuilder LogTail { get; } = new();

    public Task<InvocationAnswer> Answer => _answer.Task;

    /// <summary>Completes when the process has been sent the invocation.</summary>
    public Task Taken => _taken.Task;

    /// <summary>Signals that the process has received the invocation.</summary>
    public void Take() => _taken.TrySetResult();

    /// <summary>Sets the response. Returns false if there already was one.</summary>
    public bool TryAnswer(InvocationAnswer answer) => _answer.TrySetResult(answer);
}
