namespace Analytics.Cli.Tests.Cost;

public sealed class CostDocumentTests
{
    private const string Prompt = "$ analytics ";
    private const string Fence = "```";

    public static TheoryData<string, string> Examples()
    {
        var examples = new TheoryData<string, string>();
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "cost.md"));
        foreach (var start in Enumerable.Range(0, lines.Length).Where(line => lines[line].StartsWith(Prompt, StringComparison.Ordinal)))
        {
            examples.Add(lines[start][Prompt.Length..], string.Join('\n', lines.Skip(start + 1).TakeWhile(line => line != Fence)));
        }

        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task DocumentedOutputIsTheCommandsOutput(string command, string shown)
    {
        using var output = new StringWriter { NewLine = "\n" };

        await CommandLine.RunAsync(command.Split(' '), TestContext.Create(Repository.Root, output));

        Assert.True(shown == output.ToString().TrimEnd('\n'), $"docs/cost.md is behind: run eng/cost-document.sh. `analytics {command}` prints:\n{output}");
    }

    [Theory]
    [InlineData("1/s")]
    [InlineData("100/s")]
    [InlineData("10000/s")]
    public void TheDocumentShowsThreeLoads(string rate) =>
        Assert.Contains(Examples(), example => ((string)example[0]).StartsWith($"cost --events {rate} ", StringComparison.Ordinal));
}
