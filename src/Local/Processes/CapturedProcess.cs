using System.Diagnostics;

namespace Analytics.Local.Processes;

/// <summary>Runs a program to its end and captures its output.</summary>
internal static class CapturedProcess
{
    /// <summary>
    /// Waits for a started process with redirected outputs; kills it on cancellation. An output may stay open
    /// in a child process, so the caller awaits the outputs that it needs.
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
