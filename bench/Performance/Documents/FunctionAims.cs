using Analytics.Performance.Comparing;

namespace Analytics.Performance.Documents;

/// <summary>The aims of the functions as processes, without added delays.</summary>
internal static class FunctionAims
{
    private const int Records = 10_000;

    public static IEnumerable<Aim> Create(IReadOnlyList<Measured> batches, IReadOnlyList<MeasuredStart> starts, string native)
    {
        Measured Find(string function) => batches.First(one => (one.Function, one.Design, one.Records, one.DelayMilliseconds) == (function, "Analytics", Records, 0));
        yield return new Aim("Archive: 10,000 records, event to response", 0.10, Find("Archive").Wall.TotalSeconds, "s");
        yield return new Aim("Counters: 10,000 records, event to response", 0.12, Find("Counters").Wall.TotalSeconds, "s");
        yield return new Aim("Results: 10,000 records, processor time", 0.25, Find("Results").Processor.TotalSeconds, "s");
        foreach (var function in Design.Functions)
        {
            var start = starts.First(one => (one.Function, one.Design) == (function, "Analytics"));
            yield return new Aim($"{function}: start to first response, with its first AWS calls", 60, start.ToAnswer.TotalMilliseconds, "ms");
        }

        foreach (var function in Design.Functions)
        {
            yield return new Aim($"{function}: executable", 12, new FileInfo(Path.Combine(native, function, "bootstrap")).Length / 1e6, "MB");
        }
    }
}
