using System.Text;

namespace Analytics.Alerting.Messages;

/// <summary>
/// Formats a value from a producer within a sentence of an e-mail. A simple token is unchanged. Anything else is quoted, so that its start and
/// end are visible, and anything that mail clients turn into links (addresses of web pages, hosts, mailboxes and shares) is defanged: <c>https[:]//example[.]com</c>.
/// </summary>
internal static class QuotedText
{
    /// <summary>The maximum number of displayed characters of a value.</summary>
    public const int MaxLength = 120;

    private const int MaxTokenLength = 64;
    private const char FirstStrongIsolate = '\u2068';
    private const char PopDirectionalIsolate = '\u2069';

    /// <summary>Returns the formatted text.</summary>
    public static string Create(string text)
    {
        var printable = PrintableText.Create(text, MaxLength);
        if (IsToken(printable))
        {
            return printable;
        }

        var quoted = new StringBuilder(printable.Length + 8).Append('"');
        var isRightToLeft = printable.EnumerateRunes().Any(IsRightToLeft);
        if (isRightToLeft)
        {
            // Otherwise the order of the surrounding text changes as well: https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
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

    /// <summary>Returns whether the text needs no quotes: it has no character that can end a sentence, start another or form a link.</summary>
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

    /// <summary>Returns the ASCII character that a character stands for in a link, or null if it is harmless at its position.</summary>
    private static char? PartOfLink(string text, int index)
    {
        var next = index + 1 < text.Length ? text[index + 1] : ' ';
        switch (text[index])
        {
            // The point in a number and at the end of a sentence is kept; a second point may be an IP address.
            case '.':
                return next == ' ' || (IsBetweenDigits(text, index) && text.Count('.') == 1) ? null : '.';
            case '\u2024' or '\u3002' or '\uFE52' or '\uFF0E' or '\uFF61':
                return '.';
            // The colon in a time is kept.
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

    /// <summary>The Unicode blocks of right-to-left scripts.</summary>
    private static bool IsRightToLeft(Rune rune) => rune.Value is
        (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
