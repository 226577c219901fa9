using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Detect;

/// <summary>Reads a CSV file with the columns <c>timestamp</c> and <c>value</c>; other columns are ignored.</summary>
internal static class SeriesFile
{
    private const string TimestampColumn = "timestamp";
    private const string ValueColumn = "value";
    private const long MaxBytes = 1L << 30;
    private const long MaxUnixSeconds = 253_402_300_799;
    private const int MaxShownCharacters = 40;

    /// <summary>Reads the points line by line.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The points in the order of the file.</returns>
    /// <exception cref="UserException">The file cannot be read, is too large, or has an invalid line.</exception>
    public static IEnumerable<SeriesPoint> Read(string path)
    {
        using var reader = Open(path);
        var (timestamp, value) = FindColumns(path, ReadLine(reader, path));
        var line = 1L;
        while (ReadLine(reader, path) is { } text)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var cells = text.Split(',');
            if (cells.Length <= Math.Max(timestamp, value))
            {
                throw new UserException($"{path}, line {line}: it has {cells.Length} columns, but the header has {TimestampColumn} and {ValueColumn} in columns {timestamp + 1} and {value + 1}.");
            }

            yield return new SeriesPoint(line, ParseTime(Trim(cells[timestamp]), path, line), ParseValue(Trim(cells[value]), path, line));
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= MaxBytes
                ? new StreamReader(path)
                : throw new UserException($"{path} has {Terminal.Number(length)} bytes; the maximum is {Terminal.Number(MaxBytes)}. Split it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static string? ReadLine(StreamReader reader, string path)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (IOException e)
        {
            throw new UserException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static (int Timestamp, int Value) FindColumns(string path, string? header)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            throw new UserException($"{path} is empty. Its first line must be the header {TimestampColumn},{ValueColumn}.");
        }

        var names = Array.ConvertAll(header.Split(','), name => Trim(name).ToLowerInvariant());
        var timestamp = Array.IndexOf(names, TimestampColumn);
        var value = Array.IndexOf(names, ValueColumn);
        return timestamp >= 0 && value >= 0
            ? (timestamp, value)
            : throw new UserException($"{path}, line 1: the header lacks the columns {TimestampColumn} and {ValueColumn}: {Show(header)}. Put {TimestampColumn},{ValueColumn} above the data.");
    }

    private static DateTimeOffset ParseTime(string text, string path, long line)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            if (number <= MaxUnixSeconds)
            {
                return DateTimeOffset.FromUnixTimeSeconds(number);
            }

            if (number / 1000 <= MaxUnixSeconds)
            {
                return DateTimeOffset.FromUnixTimeMilliseconds(number);
            }
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UserException($"{path}, line {line}: {Show(text)} is not a timestamp. Use ISO 8601, such as 2026-11-21T12:00:00Z, or Unix seconds.");
    }

    private static double ParseValue(string text, string path, long line)
    {
        if (text.Length == 0)
        {
            return double.NaN;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new UserException($"{path}, line {line}: {Show(text)} is not a number. Use a decimal point and no thousands separators; leave unknown values empty.");
    }

    private static string Trim(string cell) => cell.Trim().Trim('"');

    /// <summary>Quotes text from the file for a message: truncated, without control characters.</summary>
    private static string Show(string text)
    {
        var shown = text.Length > MaxShownCharacters ? text[..MaxShownCharacters] + "…" : text;
        return $"'{string.Concat(shown.Select(character => char.IsControl(character) ? '?' : character))}'";
    }
}
