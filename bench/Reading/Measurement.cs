using System.Diagnostics;

namespace Analytics.Reading.Benchmarks;

/// <summary>The cost of a run.</summary>
/// <param name="Median">The median time of all runs.</param>
/// <param name="Best">The time of the best run: the cost without interference from other processes.</param>
/// <param name="AllocatedBytes">Bytes allocated per run.</param>
internal readonly record struct Measurement(TimeSpan Median, TimeSpan Best, long AllocatedBytes)
{
    public static Measurement Run(Func<long> action, int warmUps, int runs)
    {
        for (var i = 0; i < warmUps; i++)
        {
            action();
        }

        var ticks = new long[runs];
        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        var allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore) / runs;
        Array.Sort(ticks);
        return new Measurement(Stopwatch.GetElapsedTime(0, ticks[runs / 2]), Stopwatch.GetElapsedTime(0, ticks[0]), allocated);
    }
}
