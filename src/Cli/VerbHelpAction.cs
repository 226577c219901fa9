using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli;

/// <summary>Prints a command's help, followed by the examples of a <see cref="Verb"/>.</summary>
/// <param name="help">Prints the help without examples.</param>
internal sealed class VerbHelpAction(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => help.ClearsParseErrors;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb verb)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in verb.Examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        return exitCode;
    }
}
