using Amazon.Lambda.Core;

namespace Analytics.Streaming;

/// <summary>The deadline of a function's work.</summary>
public static class FunctionDeadline
{
    /// <summary>Time between the cancellation of the work and the function's timeout: sufficient to respond, so that Lambda does not kill the process.</summary>
    public static readonly TimeSpan AnswerMargin = TimeSpan.FromSeconds(1);

    /// <summary>Returns a source that cancels <see cref="AnswerMargin"/> before the function's timeout, or in the middle of a remaining time of less than twice that.</summary>
    public static CancellationTokenSource Start(ILambdaContext context, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(context);
        var remaining = context.RemainingTime;
        var time = remaining - (remaining < 2 * AnswerMargin ? remaining / 2 : AnswerMargin);
        return new CancellationTokenSource(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock);
    }
}
