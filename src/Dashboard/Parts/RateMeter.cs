namespace Analytics.Dashboard.Parts;

/// <summary>How fast a total grows, over the last seconds.</summary>
internal sealed class RateMeter
{
    /// <summary>The time that the rate is taken over.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(4);

    private readonly Queue<(TimeSpan At, double Total)> _samples = new();

    /// <summary>Adds the total at a time, and gives the rate a second, to a tenth.</summary>
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
