using Amazon.Lambda.Core;

namespace Analytics.Streaming;

/// <summary>The deadline of a function's work.</summary>
public static class FunctionDeadline
{
    /// <summary>Time between the cancellation of the work and the function's timeout: sufficient to respond, so that Lambda does not kill the process.</summary>
    public static readonly TimeSpan AnswerMargin = TimeSpan.FromSeconds(1);

    /// <summary>The longest timeout of a function: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html. Timers have a limit too, 49 days.</summary>
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(15);

    /// <summary>Returns a source that cancels <see cref="AnswerMargin"/> before the function's timeout, or in the middle of a remaining time of less than twice that.</summary>
    public static CancellationTokenSource Start(ILambdaContext context, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(context);
        var remaining = TimeSpan.FromTicks(Math.Clamp(context.RemainingTime.Ticks, 0, MaxTimeout.Ticks));
        var time = remaining - (remaining < 2 * AnswerMargin ? remaining / 2 : AnswerMargin);
        return new CancellationTokenSource(time, clock);
    }
}
