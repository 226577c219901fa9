using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Tests;

/// <summary>A command's context in a test.</summary>
internal static class TestContext
{
    /// <summary>The time of the clocks in tests.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static CommandContext Create(string folder, TextWriter? output = null) =>
        new(new Terminal(output ?? TextWriter.Null, TextWriter.Null, isOutputInteractive: false, isErrorInteractive: false), new ImmediateTime(Now), folder);
}
