using System.Diagnostics;
using System.Text;

namespace Analytics.Local.Processes;

/// <summary>Runs a script with Node.js in a separate process, with standard input and output in UTF-8.</summary>
public static class NodeScript
{
    /// <summary>Maximum wait for the end of the killed process, so that it no longer has open files.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(30);

    /// <summary>Runs a script to its end; kills it and its child processes if reading ends early.</summary>
    /// <param name="script">The script's path.</param>
    /// <param name="input">The standard input.</param>
    /// <param name="read">Reads the standard output.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Null if its exit code is 0; otherwise its standard error, trimmed.</returns>
    /// <exception cref="LocalDeploymentException">Node.js cannot be started.</exception>
    public static async Task<string?> RunAsync(string script, string input, Func<StreamReader, Task> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(script);
        using var process = NodePackages.Start(start);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var reading = read(process.StandardOutput);
            await WriteAsync(process.StandardInput, input);
            await reading;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? null : (await errors).Trim();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit(TimeToEnd);
            }
        }
    }

    private static async Task WriteAsync(StreamWriter input, string text)
    {
        try
        {
            await using (input)
            {
                await input.WriteAsync(text);
            }
        }
        catch (IOException)
        {
            // The process has ended; its exit code and standard error contain the reason.
        }
    }
}
