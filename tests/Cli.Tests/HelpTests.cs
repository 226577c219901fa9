using System.CommandLine;
using System.CommandLine.Parsing;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Tests;

/// <summary>The help of every verb: short descriptions, and examples that the command accepts.</summary>
public sealed class HelpTests : IDisposable
{
    private const int MaxDescriptionLength = 100;

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public static TheoryData<string> Verbs() => [.. GetCommands(Root(TextWriter.Null, ".")).Select(GetPath)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheVerbsAreThoseOfTheReadme()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.All(Root(TextWriter.Null, ".").Subcommands, verb => Assert.Contains($"`{verb.Name}`", readme, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void EveryDescriptionIsOneShortLine(string path)
    {
        var verb = Find(path);
        (string Name, string? Description)[] described =
        [
            (verb.Name, verb.Description),
            .. verb.Arguments.Select(argument => (argument.Name, argument.Description)),
            .. verb.Options.Select(option => (option.Name, option.Description)),
        ];
        Assert.All(described, one =>
        {
            Assert.False(string.IsNullOrWhiteSpace(one.Description), $"{path} {one.Name} has no description.");
            Assert.DoesNotContain('\n', one.Description);
            Assert.True(one.Description.Length <= MaxDescriptionLength, $"{path} {one.Name}: {one.Description.Length} characters: {one.Description}");
        });
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void EveryVerbHasExamplesThatItsOwnParserAccepts(string path)
    {
        var verb = Assert.IsType<Verb>(Find(path));
        Assert.NotEmpty(verb.Examples);
        Assert.All(verb.Examples, example =>
        {
            Assert.DoesNotContain('\n', example);
            var words = CommandLineParser.SplitCommandLine(example).ToArray();
            Assert.Equal("analytics", words[0]);
            var parsed = Root(_output, _folder.Path).Parse(words[1..]);
            Assert.True(parsed.Errors.Count == 0, $"{example}: {string.Join(" ", parsed.Errors.Select(error => error.Message))}");
            Assert.StartsWith(path, GetPath(parsed.CommandResult.Command), StringComparison.Ordinal);
            Assert.NotNull(parsed.CommandResult.Command.Action);
        });
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task TheHelpEndsWithTheExamples(string path)
    {
        Assert.Equal(ExitCode.Success, await CommandLine.RunAsync([.. path.Split(' '), "--help"], Context(_output, _folder.Path)));
        var examples = ((Verb)Find(path)).Examples;
        Assert.EndsWith($"\nExamples:\n{string.Concat(examples.Select(example => $"  {example}\n"))}\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvalidExampleIsDetected()
    {
        var parsed = Root(_output, _folder.Path).Parse(["counters", "--lst", "1d"]);
        Assert.NotEmpty(parsed.Errors);
        Assert.Equal(ExitCode.Usage, await CommandLine.RunAsync(["counters", "--lst", "1d"], Context(_output, _folder.Path)));
    }

    private static CommandContext Context(TextWriter output, string folder) =>
        new(new Terminal(output, TextWriter.Null, isOutputInteractive: false, isErrorInteractive: false), new ImmediateTime(TestContext.Now), folder);

    private static RootCommand Root(TextWriter output, string folder) => CommandLine.CreateRoot(Context(output, folder));

    private Command Find(string path) => GetCommands(Root(_output, _folder.Path)).Single(command => GetPath(command) == path);

    private static IEnumerable<Command> GetCommands(Command command) =>
        command.Subcommands.SelectMany(subcommand => GetCommands(subcommand).Prepend(subcommand));

    private static string GetPath(Command command) =>
        command.Parents.OfType<Command>().SingleOrDefault() is { } parent and not RootCommand ? $"{GetPath(parent)} {command.Name}" : command.Name;
}
