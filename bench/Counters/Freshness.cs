using System.Diagnostics;

namespace Analytics.Counters.Benchmarks;

/// <summary>Measures the age of events when they become readable, for one shard and batches gathered for one second.</summary>
/// <remarks>
/// An event is readable when the function has responded. While the function is busy, the next batch grows. Lambda's polling time is not included.
/// </remarks>
internal static class Freshness
{
    private const double WindowSeconds = 1;
    private const int MaxBatch = 8_000;

    public static async Task<(double Median, double Percentile99, int Batches)> MeasureAsync(CountersProcess function, int eventsPerSecond, int seconds)
    {
        // Starts the process and opens its connections.
        await function.InvokeAsync(1, 3);
        var ages = new List<double>();
        var batches = 0;
        var started = Stopwatch.GetTimestamp();
        for (var next = 0; next < eventsPerSecond * seconds; batches++)
        {
            var opened = (double)next / eventsPerSecond;
            var wait = opened + WindowSeconds - Elapsed();
            if (wait > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(wait));
            }

            var count = Math.Min(Math.Min((int)(Elapsed() * eventsPerSecond), eventsPerSecond * seconds) - next, MaxBatch);
            await function.InvokeAsync(count, batches: 1);
            var readable = Elapsed();
            ages.AddRange(Enumerable.Range(next, count).Select(number => readable - ((double)number / eventsPerSecond)));
            next += count;
        }

        ages.Sort();
        return (ages[ages.Count / 2], ages[ages.Count * 99 / 100], batches);

        double Elapsed() => Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
