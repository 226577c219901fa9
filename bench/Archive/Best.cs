using System.Diagnostics;
using System.Globalization;

namespace Analytics.Archive.Benchmarks;

/// <summary>The best of several runs: the cost without interference from other processes.</summary>
internal sealed class Best(string what)
{
    private long _size;
    private long _allocated;

    public double Milliseconds { get; private set; } = double.MaxValue;

    public void Take(Func<long> run, bool counts)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        _size = run();
        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (counts && milliseconds < Milliseconds)
        {
            Milliseconds = milliseconds;
            _allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        }
    }

    /// <summary>Formats the cost and its ratio to another one.</summary>
    public string Than(Best other) => string.Create(CultureInfo.InvariantCulture, $"{this}, {Milliseconds / other.Milliseconds:F2} times gzip alone");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{what,-41} {Milliseconds,6:F1} ms {_size / 1e6,6:F2} MB out {_allocated / 1e6,6:F2} MB allocated");
}
