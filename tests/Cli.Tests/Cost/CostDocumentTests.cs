using System.Text.RegularExpressions;

namespace Analytics.Cli.Tests.Cost;

public sealed partial class CostDocumentTests
{
    private const string Prompt = "$ analytics ";
    private const string Fence = "```";

    public static TheoryData<string, string, string> Examples()
    {
        var examples = new TheoryData<string, string, string>();
        foreach (var document in (string[])["docs/cost.md", "docs/scaling.md"])
        {
            var lines = File.ReadAllLines(Path.Combine(Repository.Root, document));
            foreach (var start in Enumerable.Range(0, lines.Length).Where(line => lines[line].StartsWith(Prompt, StringComparison.Ordinal)))
            {
                examples.Add(document, lines[start][Prompt.Length..], string.Join('\n', lines.Skip(start + 1).TakeWhile(line => line != Fence)));
            }
        }

        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task DocumentedOutputIsTheCommandsOutput(string document, string command, string shown)
    {
        using var output = new StringWriter { NewLine = "\n" };

        await CommandLine.RunAsync(command.Split(' '), TestContext.Create(Repository.Root, output));

        Assert.True(shown == output.ToString().TrimEnd('\n'), $"{document} is behind: run eng/cost-document.sh. `analytics {command}` prints:\n{output}");
    }

    [Fact]
    public async Task TheFiguresOfReadmeAreTheCommandsFigures()
    {
        using var output = new StringWriter { NewLine = "\n" };
        await CommandLine.RunAsync("cost --events 100/s --size 400".Split(' '), TestContext.Create(Repository.Root, output));
        var printed = output.ToString().Split('\n').Single(line => line.StartsWith("A million events", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[3..];

        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var quoted = ReadmeFigures().Match(readme).Groups.Values.Skip(1).Select(group => group.Value).ToList();

        Assert.Equal(printed[0], quoted[0]);
        Assert.Equal(printed.Skip(1).Order(StringComparer.Ordinal), quoted.Skip(1).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("docs/cost.md", "1/s")]
    [InlineData("docs/cost.md", "100/s")]
    [InlineData("docs/cost.md", "10000/s")]
    [InlineData("docs/scaling.md", "10000/s")]
    [InlineData("docs/scaling.md", "100000/s")]
    [InlineData("docs/scaling.md", "1000000/s")]
    public void EachDocumentShowsThreeLoads(string document, string rate) => Assert.Contains(
        Examples(), example => (string)example[0] == document && ((string)example[1]).StartsWith($"cost --events {rate} ", StringComparison.Ordinal));

    [GeneratedRegex(@"come to \$([\d.]+) per million events; the three designs that this pipeline\s+replaces cost \$([\d.]+), \$([\d.]+) and \$([\d.]+),")]
    private static partial Regex ReadmeFigures();
}
