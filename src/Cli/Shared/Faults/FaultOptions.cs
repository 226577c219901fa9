using System.CommandLine;
using System.CommandLine.Parsing;
using Analytics.Cli.Shared.Commands;
using Analytics.Local;
using Analytics.Local.Faults;

namespace Analytics.Cli.Shared.Faults;

/// <summary>The option that breaks things on purpose; the same for every command that starts a pipeline on this machine.</summary>
internal sealed class FaultOptions
{
    private readonly Option<string?> _faults = new("--faults")
    {
        Description = "Break things on purpose, as seed=7,kill=3,throttle=10: kill (or kill-before, kill-during, kill-after), timeout, throttle, error, lost-reply, delay, outage, duplicate, regroup, split, merge, each with how often; the same seed breaks the same things.",
        HelpName = "SPEC",
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_faults);

    /// <summary>Whether faults were asked for.</summary>
    public bool IsGiven(CommandResult result) => result.GetResult(_faults) is not null;

    /// <summary>What injects the faults that were asked for, or null.</summary>
    /// <exception cref="UsageException">The specification is none.</exception>
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
