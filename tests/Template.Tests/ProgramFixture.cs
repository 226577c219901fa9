namespace Analytics.Template.Tests;

/// <summary>The calls of the functions and the command, read once from their assemblies.</summary>
public sealed class ProgramFixture
{
    // They run and measure the pipeline on this machine and have no --stack.
    private static readonly string[] LocalCommands = ["RunCommand", "UpCommand", "MetricsCommand"];

    internal IReadOnlyDictionary<string, IReadOnlySet<string>> Functions { get; } = StackTemplate.Shipped.Functions
        .ToDictionary(function => function.LogicalId, function => Read(Repository.Built(function.LogicalId, "bootstrap.dll"), [], _ => true));

    internal IReadOnlySet<string> Command { get; } = Read(
        Repository.Built("Cli", "analytics.dll"), ["Analytics.Local."], type => type.EndsWith("Command", StringComparison.Ordinal) && !LocalCommands.Contains(type));

    private static IReadOnlySet<string> Read(string assembly, string[] leftOut, Func<string, bool> isRoot)
    {
        using var calls = new ClientCalls(assembly, leftOut);
        return calls.From(isRoot);
    }
}
