using System.CommandLine.Parsing;
using System.Text;
using System.Text.RegularExpressions;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Events.Definitions;

namespace Analytics.Cli.Tests;

/// <summary>The commands of docs/tutorial.md are valid, also those that need an AWS account. EndToEnd.Tests run the others.</summary>
public sealed partial class TutorialTests
{
    private static readonly string[] SamCommands = ["sam build", "sam deploy --guided", "sam delete"];

    public static TheoryData<string> AnalyticsCommands() => [.. Commands(TutorialBlock.ReadAll()).Where(command => command.StartsWith("analytics ", StringComparison.Ordinal)).Distinct()];

    public static TheoryData<string> AwsCommands() =>
        [.. TutorialBlock.ReadAll().Where(block => block.Info == TutorialBlock.Aws).SelectMany(block => block.Commands)];

    [Theory]
    [MemberData(nameof(AnalyticsCommands))]
    public void ACommandIsAcceptedByItsParser(string command) => Assert.Empty(GetErrors(command));

    [Theory]
    [InlineData("analytics counters --lst 1d")]
    [InlineData("analytics cuonters")]
    [InlineData("analytics replay --stack analytics")]
    public void InvalidCommandIsRejected(string command) => Assert.NotEmpty(GetErrors(command));

    [Theory]
    [MemberData(nameof(AwsCommands))]
    public void ACommandThatNeedsAnAccountIsOfTheCommandOrOfSam(string command)
    {
        Assert.True(
            command.StartsWith("analytics ", StringComparison.Ordinal) || SamCommands.Any(sam => command == sam || command.StartsWith(sam + " ", StringComparison.Ordinal)),
            command);
        if (command.StartsWith("analytics ", StringComparison.Ordinal))
        {
            Assert.Contains(" --stack ", command, StringComparison.Ordinal);
        }

        var template = Repository.Read("template.yaml");
        foreach (Match parameter in ParameterOverride().Matches(command))
        {
            Assert.Contains($"\n  {parameter.Groups["name"].Value}:\n", template, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheDefinitionsAreValidTogetherWithTheShippedOnes()
    {
        var text = Repository.Read(Definitions.FileName);
        var blocks = TutorialBlock.ReadAll();
        foreach (var (info, member) in new[] { (TutorialBlock.Counters, "\"counters\": ["), (TutorialBlock.Alerts, "\"alerts\": [") })
        {
            text = text.Replace(member, $"{member} {Assert.Single(blocks, block => block.Info == info).Text},", StringComparison.Ordinal);
        }

        var definitions = Definitions.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Contains(definitions.Counters, counter => counter.Name == "refunds_by_reason");
        Assert.Contains(definitions.Alerts, alert => alert.Name == "high_refund");
    }

    [Theory]
    [InlineData("```\nanalytics run\n```")]
    [InlineData("```bash\nanalytics run\n```")]
    [InlineData("```sh skip\nanalytics run\n```")]
    [InlineData("```sh\nanalytics run")]
    public void ABlockThatTheTestsWouldOverlookIsAnError(string document) => Assert.Throws<FormatException>(() => TutorialBlock.Parse(document));

    private static IEnumerable<string> Commands(IEnumerable<TutorialBlock> blocks) =>
        blocks.Where(block => block.Info.StartsWith("sh", StringComparison.Ordinal)).SelectMany(block => block.Commands);

    private static IEnumerable<ParseError> GetErrors(string command)
    {
        var context = new CommandContext(
            new Terminal(TextWriter.Null, TextWriter.Null, isOutputInteractive: false, isErrorInteractive: false), new ImmediateTime(TestContext.Now), ".");
        return CommandLine.CreateRoot(context).Parse(CommandLineParser.SplitCommandLine(command).Skip(1).ToArray()).Errors;
    }

    [GeneratedRegex(@"--parameter-overrides (?<name>[A-Za-z]+)=", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterOverride();
}
