using Analytics.Cli.Presentation;

namespace Analytics.Cli.Tests.Querying;

/// <summary>What a command is given in a test.</summary>
internal static class TestContext
{
    public static CommandContext Of(string folder, TextWriter? output = null) =>
        new(new Terminal(output ?? TextWriter.Null, TextWriter.Null, isOutputInteractive: false, isErrorInteractive: false), new FakeTimeProvider(), folder);
}
