using Analytics.Counting;
using Analytics.Dashboard.Model;
using Analytics.Events.Definitions;

namespace Analytics.Dashboard.Counters;

/// <summary>Builds a counter's chart from its values, with the same rules for every definition.</summary>
internal static class SeriesBuilder
{
    /// <summary>The maximum number of values with a separate line.</summary>
    public const int MaxLines = 5;

    /// <summary>The maximum number of listed values.</summary>
    public const int MaxTop = 50;

    private const string Rest = "(rest)";

    /// <summary>Builds the chart.</summary>
    /// <param name="counter">The definition.</param>
    /// <param name="starts">The windows' starts.</param>
    /// <param name="values">The values in those windows.</param>
    public static SeriesEntry Build(CounterDefinition counter, IReadOnlyList<DateTimeOffset> starts, IEnumerable<CounterValue> values)
    {
        var index = starts.Select((start, i) => (start, i)).ToDictionary(one => one.start, one => one.i);
        var byValue = values.Where(value => index.ContainsKey(value.Start))
            .GroupBy(value => value.Key, StringComparer.Ordinal)
            .Select(group => new Row(group.First().Value, [.. group.OrderBy(value => value.Start)]))
            .OrderByDescending(row => Rank(counter.Measure, row))
            .ThenBy(row => row.Name, StringComparer.Ordinal)
            .ToList();
        return new SeriesEntry(
            [.. starts.Select(start => start.ToUnixTimeSeconds())],
            Lines(counter.Measure, byValue, index, starts.Count),
            Headline(counter.Measure, byValue, starts[^1]),
            byValue.Count,
            [.. byValue.Take(MaxTop).Select(row => new ValueEntry(row.Name, row.Windows.Sum(value => value.Count), Number(counter.Measure, row), GetLast(row)))]);
    }

    private static bool IsAdditive(Measure measure) => measure is Measure.Count or Measure.Sum;

    private static List<LineEntry> Lines(Measure measure, List<Row> rows, Dictionary<DateTimeOffset, int> index, int count)
    {
        if (measure == Measure.Percentiles)
        {
            return rows.Count == 0 ? []
            : [
                new(Named("p50", rows), Points(rows[0], index, count, value => value.Percentiles?.P50)),
                new(Named("p95", rows), Points(rows[0], index, count, value => value.Percentiles?.P95)),
                new(Named("p99", rows), Points(rows[0], index, count, value => value.Percentiles?.P99)),
            ];
        }

        var lines = rows.Take(rows.Count <= MaxLines ? MaxLines : MaxLines - 1)
            .Select(row => new LineEntry(row.Name, Points(row, index, count, value => (double?)Number(measure, value)))).ToList();
        if (IsAdditive(measure))
        {
            lines = [.. lines.Select(line => line with { Points = [.. line.Points.Select(point => point ?? 0)] })];
            if (rows.Count > MaxLines)
            {
                lines.Add(new LineEntry(Rest, GetRest(measure, rows.Skip(MaxLines - 1), index, count)));
            }
        }

        return lines;
    }

    private static string Named(string percentile, List<Row> rows) => rows is [{ Name: "(all)" }] ? percentile : $"{percentile} {rows[0].Name}";

    private static double?[] Points(Row row, Dictionary<DateTimeOffset, int> index, int count, Func<CounterValue, double?> number)
    {
        var points = new double?[count];
        foreach (var value in row.Windows)
        {
            points[index[value.Start]] = number(value);
        }

        return points;
    }

    private static double?[] GetRest(Measure measure, IEnumerable<Row> rows, Dictionary<DateTimeOffset, int> index, int count)
    {
        var points = new double?[count];
        Array.Fill(points, 0);
        foreach (var value in rows.SelectMany(row => row.Windows))
        {
            points[index[value.Start]] += (double)(Number(measure, value) ?? 0);
        }

        return points;
    }

    private static decimal? Headline(Measure measure, List<Row> rows, DateTimeOffset current)
    {
        if (IsAdditive(measure))
        {
            return rows.Sum(row => Number(measure, row) ?? 0);
        }

        var windows = rows.SelectMany(row => row.Windows).ToList();
        if (windows.Count == 0)
        {
            return null;
        }

        // Averages, percentiles and similar numbers of different values cannot be added, so the value with the highest count is shown.
        var latest = windows.Exists(value => value.Start == current) ? current : windows.Max(value => value.Start);
        return Number(measure, rows.SelectMany(row => row.Windows.Where(value => value.Start == latest)).MaxBy(value => value.Count)!);
    }

    private static decimal Rank(Measure measure, Row row) =>
        measure == Measure.Sum ? Number(measure, row) ?? 0 : row.Windows.Sum(value => value.Count);

    private static decimal? Number(Measure measure, Row row) =>
        IsAdditive(measure) ? row.Windows.Sum(value => Number(measure, value) ?? 0) : Number(measure, row.Windows[^1]);

    private static decimal? Number(Measure measure, CounterValue value) => measure switch
    {
        Measure.Count => value.Count,
        Measure.Sum => value.Sum,
        Measure.Min => value.Min,
        Measure.Max => value.Max,
        Measure.Average => value.Average,
        Measure.Distinct => value.Distinct,
        Measure.Rate => value.Rate,
        _ => (decimal?)value.Percentiles?.P95,
    };

    private static string? GetLast(Row row) => row.Windows.Where(value => value.Last is not null).MaxBy(value => value.LastAt)?.Last;

    /// <summary>A value and its windows in order.</summary>
    private sealed record Row(string Name, List<CounterValue> Windows);
}
