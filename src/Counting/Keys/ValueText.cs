using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Analytics.Counting.Keys;

/// <summary>
/// A counter's value as stored in a sort key: parts with the key's special characters percent-encoded,
/// joined by a comma. Different values have different texts, whatever producers send, and none is longer than <see cref="MaxBytes"/>.
/// </summary>
/// <remarks>
/// Encoded characters are control characters, those up to <c>#</c>, <c>% ( ) , |</c> and DEL. So parentheses can mark
/// texts that are not from producers: <see cref="Other"/>, <see cref="None"/>, <see cref="All"/>, and, after the start of a part that is
/// too long, 128 bits of its SHA-256: <c>beginning(0123456789abcdef0123456789abcdef)</c>.
/// </remarks>
internal static class ValueText
{
    /// <summary>The value for all values beyond a counter's limit.</summary>
    public const string Other = "(other)";

    /// <summary>The part for a missing field.</summary>
    public const string None = "(none)";

    /// <summary>The value of a counter without grouping fields.</summary>
    public const string All = "(all)";

    /// <summary>The maximum size of a part in bytes: two parts, a shard's identifier (128) and the marks stay below DynamoDB's limit of 1,024 for a sort key.</summary>
    public const int MaxPartBytes = 400;

    /// <summary>The maximum size of a value in bytes.</summary>
    public const int MaxBytes = (2 * MaxPartBytes) + 1;

    /// <summary>Size in bytes of the hash that replaces the rest of a part that is too long.</summary>
    public const int HashBytes = 16;

    private const char Separator = ',';
    private const int BeginningBytes = MaxPartBytes - (2 * HashBytes) - 2;

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        "$&'*+-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{}~"u8);

    /// <summary>Encodes a part.</summary>
    /// <param name="text">The text in UTF-8, or its first <see cref="MaxPartBytes"/> bytes if it is longer.</param>
    /// <param name="hash">The hash of the whole text if <paramref name="text"/> is only its start; otherwise empty.</param>
    public static string EncodePart(ReadOnlySpan<byte> text, ReadOnlySpan<byte> hash = default)
    {
        if (hash.IsEmpty && text.Length <= MaxPartBytes && !text.ContainsAnyExcept(Plain))
        {
            return Encoding.ASCII.GetString(text);
        }

        var encoded = new StringBuilder(text.Length + 16);
        var length = 0;
        var beginning = 0;
        for (var rest = text; !rest.IsEmpty;)
        {
            var valid = Rune.DecodeFromUtf8(rest, out var rune, out var consumed) == OperationStatus.Done;
            var bytes = rest[..consumed];
            var isPlain = valid && (rune.IsAscii ? Plain.Contains(bytes[0]) : !Rune.IsControl(rune));
            length += isPlain ? consumed : 3 * consumed;
            Append(encoded, bytes, isPlain);
            beginning = length <= BeginningBytes ? encoded.Length : beginning;
            rest = rest[consumed..];
        }

        if (hash.IsEmpty && length <= MaxPartBytes)
        {
            return encoded.ToString();
        }

        Span<byte> ownHash = stackalloc byte[HashBytes];
        ComputeHash(text, ownHash);
        encoded.Length = beginning;
        return encoded.Append('(').Append(Convert.ToHexStringLower(hash.IsEmpty ? ownHash : hash)).Append(')').ToString();
    }

    /// <summary>Joins encoded parts.</summary>
    public static string Join(string first, string second) => $"{first}{Separator}{second}";

    /// <summary>Computes the hash of a text that is too long.</summary>
    public static void ComputeHash(ReadOnlySpan<byte> text, Span<byte> hash)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(text, whole);
        whole[..HashBytes].CopyTo(hash);
    }

    /// <summary>Returns the decoded parts of a value: null for a missing field, no parts for <see cref="All"/> and <see cref="Other"/>.</summary>
    public static string?[] Decode(string encoded) =>
        encoded is All or Other ? [] : [.. encoded.Split(Separator).Select(part => part == None ? null : DecodePart(part))];

    /// <summary>Returns a text for display; a producer's text in parentheses remains encoded, so that it is not mistaken for a mark.</summary>
    public static string Display(string encoded) =>
        encoded is All or Other
            ? encoded
            : string.Join(", ", encoded.Split(Separator).Select(part => part == None ? None : Unmistakable(part, DecodePart(part))));

    private static string Unmistakable(string encoded, string decoded) =>
        decoded.StartsWith('(') && decoded.EndsWith(')') ? encoded : decoded;

    private static string DecodePart(string part)
    {
        var hash = part.EndsWith(')') ? part.LastIndexOf('(') : -1;
        var text = hash >= 0 ? part[..hash] : part;
        if (text.Contains('%'))
        {
            text = Unescape(text);
        }

        return hash >= 0 ? $"{text}…{part.AsSpan(hash)}" : text;
    }

    private static string Unescape(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var index = 0; index < utf8.Length; index++)
        {
            var isEscape = utf8[index] == '%' && index + 2 < utf8.Length;
            utf8[length++] = isEscape ? byte.Parse(utf8.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : utf8[index];
            index += isEscape ? 2 : 0;
        }

        return Encoding.UTF8.GetString(utf8, 0, length);
    }

    private static void Append(StringBuilder encoded, ReadOnlySpan<byte> bytes, bool isPlain)
    {
        if (isPlain)
        {
            Span<char> characters = stackalloc char[2];
            _ = encoded.Append(characters[..Encoding.UTF8.GetChars(bytes, characters)]);
            return;
        }

        foreach (var value in bytes)
        {
            _ = encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }
    }
}
