using System.CommandLine;
using System.CommandLine.Invocation;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli;

/// <summary>An action that throws <see cref="InterruptedException"/> when the user interrupts it.</summary>
/// <param name="action">The wrapped action.</param>
internal sealed class InterruptibleAction(AsynchronousCommandLineAction action) : AsynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override async Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        try
        {
            return await action.InvokeAsync(parseResult, cancellationToken);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new InterruptedException(e);
        }
    }
}
