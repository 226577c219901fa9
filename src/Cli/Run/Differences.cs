using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Run;

/// <summary>Differences by kind, with their number and a few examples. Memory use is bounded.</summary>
internal sealed class Differences
{
    private const int ExamplesPerKind = 3;
    private readonly Dictionary<string, (long Count, List<string> Examples)> _kinds = [];

    /// <summary>One line per kind.</summary>
    public IReadOnlyList<string> Lines =>
        [.. _kinds.Select(kind => $"{Terminal.Number(kind.Value.Count)} {kind.Key}, such as {string.Join(", ", kind.Value.Examples)}")];

    /// <summary>Adds a difference.</summary>
    /// <param name="kind">The kind of difference, in the plural.</param>
    /// <param name="example">The item that differs.</param>
    public void Add(string kind, string example)
    {
        var (count, examples) = _kinds.GetValueOrDefault(kind, (0, []));
        if (examples.Count < ExamplesPerKind)
        {
            examples.Add(example);
        }

        _kinds[kind] = (count + 1, examples);
    }
}
