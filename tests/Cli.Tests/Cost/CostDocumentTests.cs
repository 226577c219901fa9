namespace Analytics.Cli.Tests.Cost;

public sealed class CostDocumentTests
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

    [Theory]
    [InlineData("docs/cost.md", "1/s")]
    [InlineData("docs/cost.md", "100/s")]
    [InlineData("docs/cost.md", "10000/s")]
    [InlineData("docs/scaling.md", "10000/s")]
    [InlineData("docs/scaling.md", "100000/s")]
    [InlineData("docs/scaling.md", "1000000/s")]
    public void EachDocumentShowsThreeLoads(string document, string rate) => Assert.Contains(
        Examples(), example => (string)example[0] == document && ((string)example[1]).StartsWith($"cost --events {rate} ", StringComparison.Ordinal));
}
