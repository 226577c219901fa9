using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Analytics.Tests;

/// <summary>Waits for asynchronous effects by polling.</summary>
internal static class Eventually
{
    // A machine that runs other tests concurrently can be slow.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until a condition holds.</summary>
    public static Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        GetAsync(() => Task.FromResult(condition()), holds => holds, what);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string)"/>
    public static Task HoldsAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        GetAsync(condition, holds => holds, what);

    /// <summary>Polls until a response satisfies the condition.</summary>
    /// <returns>The response.</returns>
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted, [CallerArgumentExpression(nameof(wanted))] string what = "")
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (wanted(answer))
            {
                return answer;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"not within {Patience}: {what}; the last answer was {answer}");
            await Task.Delay(Pause);
        }
    }
}
