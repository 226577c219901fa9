using System.Text;

namespace Analytics.Alerting.Messages;

/// <summary>
/// Shows a value from a producer within a sentence of an e-mail. A simple token stands as it is. Anything else is quoted, so that it is seen where it begins and
/// ends, and what mail programs turn into links (addresses of web pages, hosts, mailboxes and shares) is taken apart by brackets: <c>https[:]//example[.]com</c>.
/// </summary>
internal static class QuotedText
{
    /// <summary>The maximum number of characters of a value that are shown.</summary>
    public const int MaxLength = 120;

    private const int MaxTokenLength = 64;
    private const char FirstStrongIsolate = '\u2068';
    private const char PopDirectionalIsolate = '\u2069';

    /// <summary>The text as it is shown.</summary>
    public static string Of(string text)
    {
        var printable = PrintableText.Of(text, MaxLength);
        if (IsToken(printable))
        {
            return printable;
        }

        var quoted = new StringBuilder(printable.Length + 8).Append('"');
        var isRightToLeft = printable.EnumerateRunes().Any(IsRightToLeft);
        if (isRightToLeft)
        {
            // Otherwise the order of the text around it changes too: https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
            quoted.Append(FirstStrongIsolate);
        }

        for (var index = 0; index < printable.Length; index++)
        {
            if (PartOfLink(printable, index) is { } part)
            {
                quoted.Append('[').Append(part).Append(']');
            }
            else
            {
                quoted.Append(printable[index] == '"' ? '\'' : printable[index]);
            }
        }

        if (isRightToLeft)
        {
            quoted.Append(PopDirectionalIsolate);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Whether it can stand without quotes: no character in it can end a sentence, begin another or make a link.</summary>
    private static bool IsToken(string text)
    {
        if (text.Length is 0 or > MaxTokenLength)
        {
            return false;
        }

        for (var index = 0; index < text.Length; index++)
        {
            var isPart = char.IsAsciiLetterOrDigit(text[index]) || text[index] is '_' or '-' or '+'
                || (text[index] is '.' or ':' && PartOfLink(text, index) is null && index < text.Length - 1);
            if (!isPart)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The ASCII character that a character stands for in a link; null when it is harmless where it stands.</summary>
    private static char? PartOfLink(string text, int index)
    {
        var next = index + 1 < text.Length ? text[index + 1] : ' ';
        switch (text[index])
        {
            // A number's point, and a sentence's end, stay; a second point may be an IP address.
            case '.':
                return next == ' ' || (IsBetweenDigits(text, index) && text.Count('.') == 1) ? null : '.';
            case '\u2024' or '\u3002' or '\uFE52' or '\uFF0E' or '\uFF61':
                return '.';
            // A time's colon stays.
            case ':':
                return next == ' ' || IsBetweenDigits(text, index) ? null : ':';
            case '\u2236' or '\uA789' or '\uFE13' or '\uFE55' or '\uFF1A':
                return ':';
            case '@' or '\uFE6B' or '\uFF20':
                return '@';
            case '\\':
                return next == '\\' ? '\\' : null;
            default:
                return null;
        }
    }

    private static bool IsBetweenDigits(string text, int index) =>
        index > 0 && index + 1 < text.Length && char.IsAsciiDigit(text[index - 1]) && char.IsAsciiDigit(text[index + 1]);

    /// <summary>The blocks of scripts that run from right to left.</summary>
    private static bool IsRightToLeft(Rune rune) => rune.Value is
        (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
