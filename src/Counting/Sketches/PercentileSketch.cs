using Analytics.Counting.Packing;

namespace Analytics.Counting.Sketches;

/// <summary>
/// The distribution of numbers, by DDSketch (Masson, Rim, Lee: "DDSketch: A fast and fully-mergeable quantile sketch with relative-error
/// guarantees", 2019, https://arxiv.org/abs/1908.10693): a quantile has a relative error of at most 1 %. Bins follow an interpolation of
/// the logarithm that uses only additions and multiplications, which give the same bits on every machine, unlike a library's
/// logarithm. The state depends only on the multiset of numbers.
/// </summary>
/// <remarks>
/// No bins are collapsed: a <see cref="decimal"/> has magnitudes from 10^-28 to 7.9 * 10^28, 189 doublings, which bounds the bins by
/// <see cref="MaxBins"/> for either sign.
/// </remarks>
internal sealed class PercentileSketch
{
    /// <summary>The maximum number of bins per sign: 190 doublings with 38 bins each.</summary>
    public const int MaxBins = 7220;

    /// <summary>The relative error of a bin; slightly less than 1 % to allow for rounding to <see cref="double"/>.</summary>
    private const double Accuracy = 0.0099;

    /// <summary>0.75 / ln((1 + 0.0099) / (1 - 0.0099)): bins per doubling where the interpolation is flattest (slope 4/3).</summary>
    private const double BinsPerDoubling = 37.877550346442874;

    private const byte Version = 1;

    private readonly Dictionary<int, long> _positive = [];
    private readonly Dictionary<int, long> _negative = [];
    private long _zero;

    public long Count => _zero + _positive.Values.Sum() + _negative.Values.Sum();

    public void Add(decimal value)
    {
        if (value > 0)
        {
            Add(_positive, GetBin((double)value), 1);
        }
        else if (value < 0)
        {
            Add(_negative, GetBin((double)-value), 1);
        }
        else
        {
            _zero++;
        }
    }

    public void Merge(PercentileSketch other)
    {
        _zero += other._zero;
        foreach (var (bin, count) in other._positive)
        {
            Add(_positive, bin, count);
        }

        foreach (var (bin, count) in other._negative)
        {
            Add(_negative, bin, count);
        }
    }

    /// <summary>Returns the value at <paramref name="quantile"/> (0 to 1), or null if there are no numbers.</summary>
    public double? Quantile(double quantile)
    {
        var count = Count;
        if (count == 0)
        {
            return null;
        }

        var left = Math.Clamp((long)Math.Ceiling(quantile * count), 1, count);
        foreach (var (bin, inBin) in _negative.OrderByDescending(bin => bin.Key))
        {
            if ((left -= inBin) <= 0)
            {
                return -GetValue(bin);
            }
        }

        if ((left -= _zero) <= 0)
        {
            return 0;
        }

        var last = 0;
        foreach (var (bin, inBin) in _positive.OrderBy(bin => bin.Key))
        {
            last = bin;
            if ((left -= inBin) <= 0)
            {
                break;
            }
        }

        return GetValue(last);
    }

    public byte[] ToBytes()
    {
        var writer = new PackedWriter();
        writer.Byte(Version);
        writer.Number((ulong)_zero);
        Write(writer, _positive);
        Write(writer, _negative);
        return writer.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a sketch.</exception>
    public static PercentileSketch FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        if (reader.Byte() != Version)
        {
            throw PackedReader.Invalid();
        }

        var sketch = new PercentileSketch { _zero = (long)reader.Number() };
        Read(ref reader, sketch._positive);
        Read(ref reader, sketch._negative);
        return reader.AtEnd ? sketch : throw PackedReader.Invalid();
    }

    /// <summary>Returns the bin of a positive number. log2 is approximated by exponent + s (4 - s) / 3, where s is the significand minus one.</summary>
    private static int GetBin(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = (int)(bits >> 52) - 1023;
        var s = BitConverter.UInt64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000) - 1;
        return (int)Math.Floor((exponent + (s * (4 - s) / 3)) * BinsPerDoubling);
    }

    /// <summary>Returns the representative number of a bin.</summary>
    private static double GetValue(int bin)
    {
        var logarithm = bin / BinsPerDoubling;
        var exponent = Math.Floor(logarithm);
        var s = 2 - Math.Sqrt(4 - (3 * (logarithm - exponent)));
        return Math.ScaleB(1 + s, (int)exponent) * (1 + Accuracy);
    }

    private static void Add(Dictionary<int, long> bins, int bin, long count) => bins[bin] = bins.GetValueOrDefault(bin) + count;

    private static void Write(PackedWriter writer, Dictionary<int, long> bins)
    {
        writer.Number((ulong)bins.Count);
        var last = 0;
        foreach (var (bin, count) in bins.OrderBy(bin => bin.Key))
        {
            writer.Signed(bin - last);
            writer.Number((ulong)count);
            last = bin;
        }
    }

    private static void Read(ref PackedReader reader, Dictionary<int, long> bins)
    {
        var left = reader.Number();
        if (left > MaxBins)
        {
            throw PackedReader.Invalid();
        }

        for (var bin = 0L; left > 0; left--)
        {
            var step = reader.Signed();
            var count = (long)reader.Number();
            bin += Math.Clamp(step, -MaxBins * 2, MaxBins * 2);
            if (Math.Abs(bin) > MaxBins || count <= 0 || !bins.TryAdd((int)bin, count))
            {
                throw PackedReader.Invalid();
            }
        }
    }
}
