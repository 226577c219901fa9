using Analytics.Counting.Folding;
using Analytics.Counting.Packing;
using Analytics.Counting.Tallies;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Deltas;

/// <summary>
/// Encodes cells: the values once, then a section per counter in columns, which compress well. Within a section the cells are
/// in the order of their first event.
/// </summary>
internal static class DeltaEncoder
{
    /// <summary>The scale of a column of sums with digits below 10^-9.</summary>
    public const byte TwoColumns = 255;

    private const int NanoPlaces = 9;

    /// <summary>Encodes cells.</summary>
    /// <param name="counters">The counters, which cells refer to by index.</param>
    /// <param name="cells">The cells.</param>
    public static byte[] Encode(PlannedCounter[] counters, List<Cell> cells)
    {
        var sections = cells.GroupBy(cell => cell.Value.Counter).OrderBy(section => section.Key).Select(section => (section.Key, Cells: section.ToArray())).ToList();
        var values = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var cell in sections.SelectMany(section => section.Cells))
        {
            _ = values.TryAdd(cell.Value.Encoded, values.Count);
        }

        var writer = new PackedWriter();
        writer.Number((ulong)values.Count);
        foreach (var value in values.Keys)
        {
            writer.Text(value);
        }

        writer.Number((ulong)sections.Count);
        foreach (var (counter, section) in sections)
        {
            writer.Number((ulong)counter);
            WriteSection(writer, counters[counter], section, values);
        }

        return writer.ToArray();
    }

    private static void WriteSection(PackedWriter writer, PlannedCounter counter, Cell[] cells, Dictionary<string, int> values)
    {
        writer.Number((ulong)cells.Length);
        var length = counter.Shortest.GetLength().Ticks;
        var last = 0L;
        foreach (var cell in cells)
        {
            var start = cell.StartTicks / length;
            writer.Signed(start - last);
            last = start;
        }

        last = -1;
        foreach (var cell in cells)
        {
            var value = values[cell.Value.Encoded];
            writer.Signed(value - last - 1);
            last = value;
        }

        var tallies = Array.ConvertAll(cells, cell => cell.Complete());
        foreach (var tally in tallies)
        {
            writer.Number((ulong)tally.Count);
        }

        WriteMeasure(writer, counter.Definition.Measure, tallies);
        if (counter.Definition.Last is not null)
        {
            WriteLast(writer, tallies);
        }
    }

    private static void WriteMeasure(PackedWriter writer, Measure measure, Tally[] tallies)
    {
        switch (measure)
        {
            case Measure.Sum or Measure.Average or Measure.Rate:
                WriteSums(writer, Array.ConvertAll(tallies, tally => tally.Sum!.Value));
                break;
            case Measure.Min:
                Array.ForEach(tallies, tally => writer.Decimal(tally.Min!.Value));
                break;
            case Measure.Max:
                Array.ForEach(tallies, tally => writer.Decimal(tally.Max!.Value));
                break;
            case Measure.Distinct:
                Array.ForEach(tallies, tally => writer.Block(tally.Distinct!.ToBytes()));
                break;
            case Measure.Percentiles:
                Array.ForEach(tallies, tally => writer.Block(tally.Percentiles!.ToBytes()));
                break;
        }
    }

    private static void WriteSums(PackedWriter writer, ExactNumber[] sums)
    {
        if (Array.Exists(sums, sum => sum.Rest != 0))
        {
            writer.Byte(TwoColumns);
            Array.ForEach(sums, sum => writer.Signed(sum.Nanos));
            Array.ForEach(sums, sum => writer.Signed(sum.Rest));
            return;
        }

        var (scale, unit) = (NanoPlaces, Int128.One);
        while (scale > 0 && Array.TrueForAll(sums, sum => sum.Nanos % (unit * 10) == 0))
        {
            scale--;
            unit *= 10;
        }

        writer.Byte((byte)scale);
        Array.ForEach(sums, sum => writer.Signed(sum.Nanos / unit));
    }

    private static void WriteLast(PackedWriter writer, Tally[] tallies)
    {
        var last = 0L;
        foreach (var tally in tallies)
        {
            if (tally.Last is null)
            {
                writer.Byte(0);
                continue;
            }

            var at = tally.LastAt.ToUnixTimeMilliseconds();
            writer.Byte(1);
            writer.Text(tally.Last);
            writer.Signed(at - last);
            last = at;
        }
    }
}
