using System.Security.Cryptography;
using System.Text;

namespace Analytics.Alerting.Cooldowns;

/// <summary>Limits the size of texts of producers that become keys.</summary>
internal static class BoundedKey
{
    /// <summary>The maximum size in UTF-8 bytes. Longer texts are truncated and get a hash.</summary>
    public const int MaxBytes = 64;

    private const int KeptLength = 32;
    private const int HashLength = 8;

    /// <summary>The first 8 bytes of a text's SHA-256, as 16 hexadecimal digits.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashLength));

    /// <summary>Truncates a text that is longer than <see cref="MaxBytes"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kept">Its start, or all of it if it is not longer.</param>
    /// <returns>The hash of the text in parentheses, to append to the start; empty if it is not longer.</returns>
    public static string Truncate(string text, out string kept)
    {
        if (text.Length <= MaxBytes && Encoding.UTF8.GetByteCount(text) <= MaxBytes)
        {
            kept = text;
            return "";
        }

        kept = text[..(char.IsHighSurrogate(text[KeptLength - 1]) ? KeptLength - 1 : KeptLength)];
        return $"({Hash(text)})";
    }
}
