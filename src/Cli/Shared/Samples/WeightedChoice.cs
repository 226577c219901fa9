using Analytics.Cli.Shared.Sending;

namespace Analytics.Cli.Shared.Samples;

/// <summary>Selects an index with a probability proportional to its weight.</summary>
internal sealed class WeightedChoice
{
    private readonly double[] _cumulative;

    public WeightedChoice(IEnumerable<double> weights)
    {
        var sum = 0.0;
        _cumulative = [.. weights.Select(weight => sum += weight)];
    }

    /// <summary>Creates weights by Zipf's law: the weight of the n-th most popular of <paramref name="count"/> is 1/n to the power of <paramref name="exponent"/>.</summary>
    public static WeightedChoice Zipf(int count, double exponent) =>
        new(Enumerable.Range(1, count).Select(rank => Math.Pow(rank, -exponent)));

    /// <summary>Returns the next index.</summary>
    public int Next(SeededRandom random)
    {
        var index = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        return Math.Min(index < 0 ? ~index : index + 1, _cumulative.Length - 1);
    }
}
