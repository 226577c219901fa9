using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Run;

/// <summary>What does not hold, by kind: how often, and a few examples. Bounded, however much is wrong.</summary>
internal sealed class Differences
{
    private const int ExamplesPerKind = 3;
    private readonly Dictionary<string, (long Count, List<string> Examples)> _kinds = [];

    /// <summary>One line a kind.</summary>
    public IReadOnlyList<string> Lines =>
        [.. _kinds.Select(kind => $"{Terminal.Number(kind.Value.Count)} {kind.Key}, such as {string.Join(", ", kind.Value.Examples)}")];

    /// <summary>Adds one.</summary>
    /// <param name="kind">What does not hold, in the plural.</param>
    /// <param name="example">The one that it does not hold for.</param>
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
