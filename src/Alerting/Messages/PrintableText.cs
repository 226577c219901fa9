using System.Globalization;
using System.Text;

namespace Analytics.Alerting.Messages;

/// <summary>
/// Makes text from producers safe for display: one line, without invisible characters or characters that change how adjacent ones are displayed. Those are written as
/// <c>[U+202E]</c>, so that they are visible.
/// </summary>
internal static class PrintableText
{
    /// <summary>The maximum number of combining marks on one character. Scripts need two or three; more would cover adjacent lines.</summary>
    private const int MaxMarks = 3;

    /// <summary>Returns the text, truncated to a number of UTF-16 characters of the original.</summary>
    public static string Create(string text, int maxLength)
    {
        var shown = new StringBuilder(Math.Min(text.Length, maxLength) + 16);
        var marks = 0;
        foreach (var rune in Cut(text, maxLength).EnumerateRunes())
        {
            Append(shown, rune, ref marks);
        }

        if (text.Length > maxLength)
        {
            shown.Append(CultureInfo.InvariantCulture, $"... ({text.Length} characters)");
        }

        return shown.ToString();
    }

    /// <summary>Returns the text as printable ASCII, truncated: other characters become question marks.</summary>
    public static string Ascii(string text, int maxLength)
    {
        var trimmed = text.AsSpan().TrimStart();
        var ascii = new StringBuilder(Math.Min(trimmed.Length, maxLength));
        foreach (var rune in trimmed.EnumerateRunes())
        {
            if (ascii.Length == maxLength)
            {
                break;
            }

            ascii.Append(rune.Value is >= ' ' and <= '~' ? (char)rune.Value : '?');
        }

        return ascii.ToString().TrimEnd();
    }

    /// <summary>Returns the start of a text, without splitting a surrogate pair.</summary>
    public static string Cut(string text, int maxLength) =>
        text.Length <= maxLength ? text
        : text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];

    private static void Append(StringBuilder shown, Rune rune, ref int marks)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.SpaceSeparator:
                shown.Append(' ');
                marks = 0;
                break;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark when marks == MaxMarks || IsBlank(rune):
                AppendCode(shown, rune);
                break;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                marks++;
                shown.Append(rune);
                break;
            case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                AppendCode(shown, rune);
                marks = 0;
                break;
            default:
                marks = 0;
                if (IsBlank(rune))
                {
                    AppendCode(shown, rune);
                }
                else
                {
                    shown.Append(rune);
                }

                break;
        }
    }

    /// <summary>Invisible characters in the categories of letters, marks and symbols.</summary>
    private static bool IsBlank(Rune rune) => rune.Value is
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 or 0xFFFC
        or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static void AppendCode(StringBuilder shown, Rune rune) => shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
}
