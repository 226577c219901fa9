namespace Analytics.Local.Runtime;

/// <summary>Accumulates <see cref="FunctionStatistics"/>. Thread-safe.</summary>
internal sealed class StatisticsCounter
{
    private readonly Lock _lock = new();
    private FunctionStatistics _sum;

    public FunctionStatistics Current
    {
        get
        {
            lock (_lock)
            {
                return _sum;
            }
        }
    }

    public void AddInvocation(TimeSpan duration, bool isError, int memoryUsed)
    {
        lock (_lock)
        {
            _sum = _sum with
            {
                Invocations = _sum.Invocations + 1,
                Errors = _sum.Errors + (isError ? 1 : 0),
                Duration = _sum.Duration + duration,
                MaxMemoryUsed = Math.Max(_sum.MaxMemoryUsed, memoryUsed),
            };
        }
    }

    public void AddThrottle()
    {
        lock (_lock)
        {
            _sum = _sum with { Throttles = _sum.Throttles + 1 };
        }
    }

    public void AddColdStart()
    {
        lock (_lock)
        {
            _sum = _sum with { ColdStarts = _sum.ColdStarts + 1 };
        }
    }

    public void AddInit(TimeSpan duration)
    {
        lock (_lock)
        {
            _sum = _sum with { MaxInitDuration = duration > _sum.MaxInitDuration ? duration : _sum.MaxInitDuration };
        }
    }
}
