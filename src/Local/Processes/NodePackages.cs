using System.ComponentModel;
using System.Diagnostics;

namespace Analytics.Local.Processes;

/// <summary>Finds the project's folders with Node.js programs, and installs their packages with <c>npm ci</c> if necessary.</summary>
public static class NodePackages
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>Finds a folder by name in a start folder or above it, or above this program, or returns null.</summary>
    /// <param name="name">The folder's name.</param>
    /// <param name="script">A file that the folder must contain in addition to <c>package-lock.json</c>.</param>
    /// <param name="start">The start folder.</param>
    public static string? FindFolder(string name, string script, string start)
    {
        foreach (var from in (string[])[start, AppContext.BaseDirectory])
        {
            for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, name);
                if (File.Exists(Path.Combine(candidate, script)) && File.Exists(Path.Combine(candidate, "package-lock.json")))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    /// <summary>Runs <c>npm ci</c> unless packages are installed. Of several concurrent processes, one installs and the others wait.</summary>
    /// <param name="folder">The folder with the lock file.</param>
    /// <param name="what">The name of its content, for messages.</param>
    /// <param name="log">Receives a line if packages are installed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LocalDeploymentException">npm is missing or fails.</exception>
    public static async Task EnsureInstalledAsync(string folder, string what, Action<string> log, CancellationToken cancellationToken)
    {
        if (IsInstalled(folder))
        {
            return;
        }

        await using var turn = await WaitForTurnAsync(Path.Combine(folder, ".install.lock"), cancellationToken);
        if (IsInstalled(folder))
        {
            return;
        }

        log($"installing {what} into {Path.Combine(folder, "node_modules")} (npm ci, once)");
        var start = new ProcessStartInfo("npm") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Start(start);
        var (exitCode, output, errors) = await CapturedProcess.WaitAsync(process, cancellationToken);
        if (exitCode != 0)
        {
            var text = $"{await errors}\n{await output}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            throw new LocalDeploymentException($"npm ci in {folder} failed: {string.Join(" | ", text.Take(3))}");
        }
    }

    /// <summary>Starts a program; reports a missing program in one line.</summary>
    /// <exception cref="LocalDeploymentException">The program cannot be started.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new LocalDeploymentException(
                $"cannot start {start.FileName} ({e.Message}): install Node.js 20 or later (https://nodejs.org), which includes npm", e);
        }
    }

    /// <summary>npm writes this file last.</summary>
    private static bool IsInstalled(string folder) => File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"));

    private static async Task<FileStream> WaitForTurnAsync(string lockFile, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (Directory.Exists(Path.GetDirectoryName(lockFile)))
            {
                await Task.Delay(LockPoll, cancellationToken);
            }
        }
    }
}
