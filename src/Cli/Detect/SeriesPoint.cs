namespace Analytics.Cli.Detect;

/// <summary>A line of a series' file.</summary>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Time">The timestamp.</param>
/// <param name="Value">The value; not a number where the file has none.</param>
internal readonly record struct SeriesPoint(long Line, DateTimeOffset Time, double Value);
