using System.Globalization;

namespace Analytics.Performance.Documents;

/// <summary>An aim and what was measured; both are maxima.</summary>
/// <param name="What">The measured quantity.</param>
/// <param name="Limit">The aim.</param>
/// <param name="Value">The measurement.</param>
/// <param name="Unit">The unit of both.</param>
internal sealed record Aim(string What, double Limit, double Value, string Unit)
{
    public bool IsMet => Value <= Limit;

    public static string ToTable(IEnumerable<Aim> aims) => Tables.Create(
        ["", "aim, at most", "measured", ""],
        aims.Select(aim => (IReadOnlyList<string>)[aim.What, Format(aim.Limit, aim.Unit), Format(aim.Value, aim.Unit), aim.IsMet ? "met" : "missed"]));

    private static string Format(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {unit}");
}
