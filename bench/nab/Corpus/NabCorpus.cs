using System.Globalization;
using System.Text.Json;

namespace Analytics.Nab.Corpus;

/// <summary>Reads the benchmark's files: <c>&lt;group&gt;/&lt;series&gt;.csv</c> and <c>combined_windows.json</c>.</summary>
internal static class NabCorpus
{
    /// <summary>The file with the labelled windows.</summary>
    public const string LabelsFile = "combined_windows.json";

    /// <summary>Reads all labelled series, in the order of their names.</summary>
    /// <param name="folder">The folder with the labels.</param>
    /// <returns>The series.</returns>
    /// <exception cref="InvalidDataException">A file is not as described.</exception>
    public static IReadOnlyList<NabSeries> Load(string folder)
    {
        using var labels = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, LabelsFile)));
        return
        [
            .. labels.RootElement.EnumerateObject()
                .OrderBy(series => series.Name, StringComparer.Ordinal)
                .Select(series => ReadSeries(folder, series.Name, series.Value)),
        ];
    }

    private static NabSeries ReadSeries(string folder, string name, JsonElement windows)
    {
        var times = new List<DateTimeOffset>();
        var values = new List<double>();
        foreach (var line in File.ReadLines(Path.Combine(folder, name)).Skip(1))
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            if (comma < 0)
            {
                throw new InvalidDataException($"{name}, line {times.Count + 2}: expected timestamp,value.");
            }

            times.Add(ParseTime(line[..comma]));
            values.Add(double.Parse(line.AsSpan(comma + 1), CultureInfo.InvariantCulture));
        }

        int IndexOf(JsonElement time)
        {
            var index = times.IndexOf(ParseTime(time.GetString()!));
            return index >= 0 ? index : throw new InvalidDataException($"{name}: the series has no point at {time}, where a labelled window begins or ends.");
        }

        return new NabSeries(name, times, values, [.. windows.EnumerateArray().Select(window => new NabWindow(IndexOf(window[0]), IndexOf(window[1])))]);
    }

    private static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
