namespace Analytics.Dashboard.Parts;

/// <summary>Measures the growth rate of a total over the last seconds.</summary>
internal sealed class RateMeter
{
    /// <summary>The time range of the rate.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(4);

    private readonly Queue<(TimeSpan At, double Total)> _samples = new();

    /// <summary>Adds the total at a time, and returns the rate per second, rounded to a tenth.</summary>
    public double Add(TimeSpan at, double total)
    {
        _samples.Enqueue((at, total));
        while (_samples.Count > 2 && at - _samples.ElementAt(1).At >= Span)
        {
            _samples.Dequeue();
        }

        var (since, before) = _samples.Peek();
        return at > since ? Math.Round(Math.Max(0, (total - before) / (at - since).TotalSeconds), 1) : 0;
    }
}
