namespace Analytics.Dashboard.Parts;

/// <summary>How much a total grew in each of the last seconds.</summary>
/// <param name="seconds">How many seconds.</param>
internal sealed class SecondsHistory(int seconds)
{
    private readonly double[] _rates = new double[seconds];
    private long? _second;
    private long _total;

    /// <summary>The growth by second, the last one at the end.</summary>
    public IReadOnlyList<double> Rates => [.. _rates];

    /// <summary>Adds the total at a second; several times in one second are allowed.</summary>
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
