namespace Analytics.Cli.Detect;

/// <summary>A line of a file with a time series.</summary>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Time">The timestamp.</param>
/// <param name="Value">The value; NaN if the file has none.</param>
internal readonly record struct SeriesPoint(long Line, DateTimeOffset Time, double Value);
