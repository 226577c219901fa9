namespace Analytics.Dashboard.Parts;

/// <summary>The growth of a total in each of the last seconds.</summary>
/// <param name="seconds">The number of seconds.</param>
internal sealed class SecondsHistory(int seconds)
{
    private readonly double[] _rates = new double[seconds];
    private long? _second;
    private long _total;

    /// <summary>Returns the growth by second, the latest last.</summary>
    public IReadOnlyList<double> Rates => [.. _rates];

    /// <summary>Adds the total at a second; may be called several times per second.</summary>
    public void Add(long second, long total)
    {
        if (_second is not { } last)
        {
            (_second, _total) = (second, total);
            return;
        }

        var passed = (int)Math.Clamp(second - last, 0, _rates.Length);
        if (passed == 0)
        {
            return;
        }

        Array.Copy(_rates, passed, _rates, 0, _rates.Length - passed);
        _rates.AsSpan(_rates.Length - passed).Fill(Math.Max(0, total - _total) / (double)passed);
        (_second, _total) = (second, total);
    }
}
