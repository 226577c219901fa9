using System.Text;

namespace AWS.Lambda.Powertools;

/// <summary>
/// Standard output, opened at first use and not by way of <see cref="Console.Out"/>, as the published packages do: a writer that somebody
/// sets by <see cref="Console.SetOut"/> gets nothing.
/// </summary>
internal static class StandardOutput
{
    private static readonly Lazy<TextWriter> Opened = new(() => TextWriter.Synchronized(
        new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true }));

    /// <summary>Gets the writer.</summary>
    public static TextWriter Writer() => Opened.Value;
}
