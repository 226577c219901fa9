using System.Globalization;
using System.Text;

namespace Analytics.Cli.Shared.Sources;

/// <summary>
/// A line of a web server's access log in the combined format
/// (https://httpd.apache.org/docs/2.4/logs.html#combined): <c>host ident user [time] "request" status bytes "referrer" "agent"</c>.
/// </summary>
internal sealed record AccessLogLine(string Client, DateTimeOffset Time, string Request, int Status, string? Referrer, string? Agent)
{
    /// <summary>
    /// Parses a line leniently: host, time, request and status are required, and the rest may be truncated.
    /// Quotes and backslashes escaped by the server are unescaped.
    /// </summary>
    public static bool TryParse(string line, out AccessLogLine? result)
    {
        result = null;
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var open = line.IndexOf(" [", StringComparison.Ordinal);
        var close = open < 0 ? -1 : line.IndexOf(']', open);
        if (space <= 0 || close < 0
            || !DateTimeOffset.TryParseExact(line.AsSpan(open + 2, close - open - 2), "d/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
        {
            return false;
        }

        var position = close + 1;
        var request = ReadQuoted(line, ref position);
        var status = ReadWord(line, ref position);
        if (request is null || status.Length != 3 || !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return false;
        }

        ReadWord(line, ref position);
        var referrer = ReadQuoted(line, ref position);
        var agent = ReadQuoted(line, ref position);
        result = new AccessLogLine(line[..space], time, request, code, Given(referrer), Given(agent));
        return true;
    }

    /// <summary>The request's path without its query, or the whole request line if it is not "method target version".</summary>
    public string Path
    {
        get
        {
            var first = Request.IndexOf(' ', StringComparison.Ordinal);
            var last = Request.LastIndexOf(' ');
            var target = first < 0 ? Request : last > first ? Request[(first + 1)..last] : Request[(first + 1)..];
            var scheme = target.IndexOf("://", StringComparison.Ordinal);
            if (scheme > 0 && target.AsSpan(0, scheme).IndexOfAny("/?") < 0)
            {
                var slash = target.IndexOf('/', scheme + 3);
                target = slash < 0 ? "/" : target[slash..];
            }

            var query = target.IndexOf('?', StringComparison.Ordinal);
            return query < 0 ? target : target[..query];
        }
    }

    /// <summary>Reads the next quoted text, or returns null if there is none. An unterminated text extends to the end of the line.</summary>
    private static string? ReadQuoted(string line, ref int position)
    {
        while (position < line.Length && line[position] == ' ')
        {
            position++;
        }

        if (position >= line.Length || line[position] != '"')
        {
            return null;
        }

        var text = new StringBuilder();
        for (position++; position < line.Length && line[position] != '"'; position++)
        {
            if (line[position] == '\\' && position + 1 < line.Length && line[position + 1] is '"' or '\\')
            {
                position++;
            }

            text.Append(line[position]);
        }

        position = Math.Min(position + 1, line.Length);
        return text.ToString();
    }

    private static ReadOnlySpan<char> ReadWord(string line, ref int position)
    {
        while (position < line.Length && line[position] == ' ')
        {
            position++;
        }

        var start = position;
        while (position < line.Length && line[position] != ' ')
        {
            position++;
        }

        return line.AsSpan(start, position - start);
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) || text == "-" ? null : text;
}
