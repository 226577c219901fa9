using System.Diagnostics;
using System.Text;

namespace Analytics.Local.Processes;

/// <summary>A script that Node.js runs in a process of its own: it is given a text on standard input and answers on standard output, in UTF-8.</summary>
public static class NodeScript
{
    /// <summary>How long the process may take to end once it was killed, so that nothing it has open is in the way.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(30);

    /// <summary>Runs a script to its end; kills it, with the processes that it started, when reading ends early.</summary>
    /// <param name="script">The script's path.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="read">Reads what it writes to standard output.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when its exit code is 0; otherwise what it wrote to standard error, trimmed.</returns>
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
            // It has ended; its exit code and standard error say why.
        }
    }
}
