namespace Analytics.Cli.Shared.Sending;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014): the same seed gives the same numbers on every platform and in every version,
/// which <see cref="System.Random"/> does not guarantee.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Returns 64 random bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Returns a number in [0, <paramref name="limit"/>).</summary>
    public int Next(int limit) => (int)(((UInt128)NextBits() * (uint)limit) >> 64);

    /// <summary>Returns a number in [<paramref name="from"/>, <paramref name="limit"/>).</summary>
    public int Next(int from, int limit) => from + Next(limit - from);

    /// <summary>Returns a number in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns true with the given probability.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Returns one of the values, each with the same probability.</summary>
    public T Pick<T>(ReadOnlySpan<T> values) => values[Next(values.Length)];
}
