using System.Diagnostics;

namespace Analytics.Local.Processes;

/// <summary>A program that is run to its end, and what it writes.</summary>
internal static class CapturedProcess
{
    /// <summary>
    /// Waits for a started process, both of whose outputs are redirected; ends it when this is cancelled. An output may stay open after
    /// that, in a process that it started, so each is waited for by who wants it.
    /// </summary>
    public static async Task<(int ExitCode, Task<string> Output, Task<string> Errors)> WaitAsync(Process process, CancellationToken cancellationToken)
    {
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, output, errors);
    }
}
