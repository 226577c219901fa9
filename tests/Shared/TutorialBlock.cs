namespace Analytics.Tests;

/// <summary>The code blocks of docs/tutorial.md, marked by the info string after the opening fence.</summary>
/// <param name="Info">
/// <c>sh</c>: commands to run. <c>sh background</c>: a command that keeps running. <c>sh clone</c>: the checkout, which the test prepares itself.
/// <c>sh aws</c>: commands that need an AWS account. <c>json counters</c>, <c>json alerts</c>: an element to add to that array of definitions.json.
/// </param>
/// <param name="Text">The content.</param>
internal sealed record TutorialBlock(string Info, string Text)
{
    public const string Shell = "sh";
    public const string Background = "sh background";
    public const string Checkout = "sh clone";
    public const string Aws = "sh aws";
    public const string Counters = "json counters";
    public const string Alerts = "json alerts";

    private const string Fence = "```";
    private static readonly string[] Known = [Shell, Background, Checkout, Aws, Counters, Alerts];

    /// <summary>Reads the blocks of the tutorial in order.</summary>
    public static IReadOnlyList<TutorialBlock> ReadAll() => Parse(Repository.Read("docs/tutorial.md"));

    /// <summary>Parses the blocks of a document.</summary>
    /// <exception cref="FormatException">A block has another info string, or does not end.</exception>
    public static IReadOnlyList<TutorialBlock> Parse(string document)
    {
        var blocks = new List<TutorialBlock>();
        string? info = null;
        var text = new List<string>();
        foreach (var line in document.Split('\n'))
        {
            if (info is null && line.StartsWith(Fence, StringComparison.Ordinal))
            {
                info = line[Fence.Length..].Trim();
                if (!Known.Contains(info))
                {
                    throw new FormatException($"the tutorial has a block '{info}'; blocks are {string.Join(", ", Known)}.");
                }
            }
            else if (info is not null && line == Fence)
            {
                blocks.Add(new TutorialBlock(info, string.Concat(text.Select(one => one + "\n"))));
                (info, text) = (null, []);
            }
            else if (info is not null)
            {
                text.Add(line);
            }
        }

        return info is null ? blocks : throw new FormatException($"the tutorial's block '{info}' does not end.");
    }

    /// <summary>The block's command lines.</summary>
    public IEnumerable<string> Commands => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
