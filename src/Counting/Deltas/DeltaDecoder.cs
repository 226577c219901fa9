using Analytics.Counting.Packing;
using Analytics.Counting.Sketches;
using Analytics.Counting.Tallies;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Deltas;

/// <summary>Decodes the output of <see cref="DeltaEncoder"/>. Any input results in cells or a <see cref="FormatException"/>.</summary>
internal static class DeltaDecoder
{
    /// <summary>Numbers below this limit can be multiplied by 10^9 and added 10^9 times.</summary>
    private static readonly Int128 MaxSum = Int128.MaxValue / 1_000_000_000;

    /// <summary>Decodes cells.</summary>
    /// <exception cref="FormatException">The bytes are not cells of these counters.</exception>
    public static List<DeltaCell> Decode(PlannedCounter[] counters, ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        var values = new string[reader.Count()];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = reader.Text();
        }

        var cells = new List<DeltaCell>();
        var sections = reader.Count();
        for (var section = 0; section < sections; section++)
        {
            ReadSection(ref reader, counters[reader.Number(counters.Length - 1)], values, cells);
        }

        return reader.AtEnd ? cells : throw PackedReader.Invalid();
    }

    private static void ReadSection(ref PackedReader reader, PlannedCounter counter, string[] values, List<DeltaCell> cells)
    {
        var count = reader.Count();
        var length = counter.Shortest.GetLength().Ticks;
        var starts = new long[count];
        var last = 0L;
        for (var index = 0; index < count; index++)
        {
            last = unchecked(last + reader.Signed());
            starts[index] = last >= 0 && last <= DateTime.MaxValue.Ticks / length ? last * length : throw PackedReader.Invalid();
        }

        var first = cells.Count;
        last = -1;
        for (var index = 0; index < count; index++)
        {
            last = unchecked(last + 1 + reader.Signed());
            var value = last >= 0 && last < values.Length ? values[last] : throw PackedReader.Invalid();
            cells.Add(new DeltaCell(counter, starts[index], value, new Tally()));
        }

        for (var index = first; index < cells.Count; index++)
        {
            cells[index].Tally.Count = (long)reader.Number() is > 0 and var number ? number : throw PackedReader.Invalid();
        }

        ReadMeasure(ref reader, counter.Definition.Measure, cells, first);
        for (var (index, at) = (first, 0L); counter.Definition.Last is not null && index < cells.Count; index++)
        {
            if (reader.Number(1) == 1)
            {
                cells[index].Tally.Last = reader.Text();
                at = unchecked(at + reader.Signed());
                cells[index].Tally.LastAt = at >= 0 && at <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                    ? DateTimeOffset.FromUnixTimeMilliseconds(at)
                    : throw PackedReader.Invalid();
            }
        }
    }

    private static void ReadMeasure(ref PackedReader reader, Measure measure, List<DeltaCell> cells, int first)
    {
        if (measure is Measure.Sum or Measure.Average or Measure.Rate)
        {
            ReadSums(ref reader, cells, first);
            return;
        }

        for (var index = first; index < cells.Count; index++)
        {
            var tally = cells[index].Tally;
            switch (measure)
            {
                case Measure.Min:
                    tally.Min = reader.Decimal();
                    break;
                case Measure.Max:
                    tally.Max = reader.Decimal();
                    break;
                case Measure.Distinct:
                    tally.Distinct = DistinctSketch.FromBytes(reader.Block());
                    break;
                case Measure.Percentiles:
                    tally.Percentiles = PercentileSketch.FromBytes(reader.Block());
                    break;
            }
        }
    }

    private static void ReadSums(ref PackedReader reader, List<DeltaCell> cells, int first)
    {
        var scale = reader.Byte();
        if (scale is > 9 and not DeltaEncoder.TwoColumns)
        {
            throw PackedReader.Invalid();
        }

        var unit = Int128.One;
        for (var places = scale; places < 9; places++)
        {
            unit *= 10;
        }

        for (var index = first; index < cells.Count; index++)
        {
            cells[index].Tally.Sum = new ExactNumber(ReadSum(ref reader) * unit, 0);
        }

        for (var index = first; scale == DeltaEncoder.TwoColumns && index < cells.Count; index++)
        {
            cells[index].Tally.Sum = new ExactNumber(cells[index].Tally.Sum!.Value.Nanos, ReadSum(ref reader));
        }
    }

    private static Int128 ReadSum(ref PackedReader reader)
    {
        var sum = reader.SignedInt128();
        return sum < MaxSum && sum > -MaxSum ? sum : throw PackedReader.Invalid();
    }
}
