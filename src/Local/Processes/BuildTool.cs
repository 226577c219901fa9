using System.ComponentModel;
using System.Diagnostics;

namespace Analytics.Local.Processes;

/// <summary>Runs make; shows the output only on failure.</summary>
internal static class BuildTool
{
    /// <summary>Variables that a parent make sets for its children, which must not reach another make.</summary>
    private static readonly string[] MakeVariables = ["MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS"];

    /// <summary>Runs a program to completion.</summary>
    /// <exception cref="LocalDeploymentException">The program is missing or fails.</exception>
    public static async Task RunAsync(
        string what,
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        Action<string> log,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in MakeVariables)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Start(start, what);
        var (exitCode, output, errors) = await CapturedProcess.WaitAsync(process, cancellationToken);
        if (exitCode == 0)
        {
            return;
        }

        foreach (var line in $"{await output}\n{await errors}".Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            log(line.TrimEnd());
        }

        throw new LocalDeploymentException(
            $"{what}: {program} {string.Join(' ', start.ArgumentList)} failed with exit code {exitCode}; see its output above");
    }

    private static Process Start(ProcessStartInfo start, string what)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new LocalDeploymentException($"{what}: cannot start {start.FileName} ({e.Message}): install it", e);
        }
    }
}
