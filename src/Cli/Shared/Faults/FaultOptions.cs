using System.CommandLine;
using System.CommandLine.Parsing;
using Analytics.Cli.Shared.Commands;
using Analytics.Local;
using Analytics.Local.Faults;

namespace Analytics.Cli.Shared.Faults;

/// <summary>The option that injects faults, shared by all commands that start a local pipeline.</summary>
internal sealed class FaultOptions
{
    private readonly Option<string?> _faults = new("--faults")
    {
        Description = "Inject faults, such as seed=7,kill=3,throttle=10. For all kinds see docs/local.md.",
        HelpName = "SPEC",
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_faults);

    /// <summary>Returns whether the option was given.</summary>
    public bool IsGiven(CommandResult result) => result.GetResult(_faults) is not null;

    /// <summary>Creates the fault injector, or returns null if the option was not given.</summary>
    /// <exception cref="UsageException">The specification is invalid.</exception>
    public FaultInjector? Read(ParseResult parsed, CommandContext context)
    {
        try
        {
            return parsed.GetValue(_faults) is { } spec ? new FaultInjector(FaultSpec.Parse(spec), context.Clock) : null;
        }
        catch (LocalDeploymentException e)
        {
            throw new UsageException($"--faults: {e.Message}.", e);
        }
    }
}
