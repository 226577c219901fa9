namespace Analytics.Performance.Documents;

/// <summary>A document with generated blocks between the lines <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>. The text around them is written by hand.</summary>
internal static class Document
{
    /// <summary>Returns a document with new content in a block.</summary>
    /// <exception cref="InvalidOperationException">The document has no such block.</exception>
    public static string Replace(string text, string block, string content)
    {
        var (start, end) = ($"<!-- {block} -->\n", $"<!-- /{block} -->");
        var from = text.IndexOf(start, StringComparison.Ordinal);
        var to = from < 0 ? -1 : text.IndexOf(end, from, StringComparison.Ordinal);
        return to >= 0
            ? string.Concat(text.AsSpan(0, from + start.Length), content.TrimEnd(), "\n", text.AsSpan(to))
            : throw new InvalidOperationException($"The document has no block <!-- {block} --> … <!-- /{block} -->.");
    }

    /// <summary>Replaces a block of a file.</summary>
    public static async Task ReplaceAsync(string path, string block, string content) =>
        await File.WriteAllTextAsync(path, Replace(await File.ReadAllTextAsync(path), block, content));
}
