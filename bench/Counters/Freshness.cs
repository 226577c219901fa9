using System.Diagnostics;

namespace Analytics.Counters.Benchmarks;

/// <summary>Measures the age of events when they become readable, for one shard and batches gathered for one second.</summary>
/// <remarks>
/// An event can be read once the function has answered. While it is busy, the next batch grows. The time that Lambda takes to poll the stream is not part of it.
/// </remarks>
internal static class Freshness
{
    private const double WindowSeconds = 1;
    private const int MaxBatch = 8_000;

    public static async Task<(double Median, double Percentile99, int Batches)> MeasureAsync(CountersProcess function, int eventsPerSecond, int seconds)
    {
        // The process starts, and the connections are made.
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
