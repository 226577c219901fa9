using System.Globalization;
using System.Text;

namespace Analytics.Performance.Documents;

/// <summary>Formats Markdown tables and their figures.</summary>
internal static class Tables
{
    public static string Create(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", header).Append(" |\n|").Append(string.Concat(Enumerable.Repeat("---|", header.Count))).Append('\n');
        foreach (var row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>Formats a time in milliseconds, with about three digits.</summary>
    public static string Milliseconds(TimeSpan time) => Number(time.TotalMilliseconds, " ms");

    /// <summary>Formats a time in seconds, with about three digits.</summary>
    public static string Seconds(TimeSpan time) => Number(time.TotalSeconds, " s");

    public static string Megabytes(double megabytes) => string.Create(CultureInfo.InvariantCulture, $"{megabytes:N0} MB");

    public static string Count(decimal count) => count.ToString(count == decimal.Truncate(count) || count >= 100 ? "N0" : "N1", CultureInfo.InvariantCulture);

    public static string Usd(decimal usd) => string.Create(CultureInfo.InvariantCulture, $"${usd:N2}");

    private static string Number(double value, string unit) =>
        value.ToString(value >= 100 ? "N0" : value >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture) + unit;
}
