using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Tests;

/// <summary>What a command is given in a test.</summary>
internal static class TestContext
{
    public static CommandContext Of(string folder, TextWriter? output = null) =>
        new(new Terminal(output ?? TextWriter.Null, TextWriter.Null, isOutputInteractive: false, isErrorInteractive: false), new FakeTimeProvider(), folder);
}
