using System.Text;

namespace AWS.Lambda.Powertools;

/// <summary>
/// Standard output, opened at first use and not through <see cref="Console.Out"/>, like in the published packages: a writer that was
/// set with <see cref="Console.SetOut"/> receives nothing.
/// </summary>
internal static class StandardOutput
{
    private static readonly Lazy<TextWriter> Opened = new(() => TextWriter.Synchronized(
        new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true }));

    /// <summary>Gets the writer.</summary>
    public static TextWriter Writer() => Opened.Value;
}
