using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Analytics.Performance.Pipelines;

/// <summary>Measures <c>analytics run --native</c> as a process.</summary>
internal static class LocalRunBenchmark
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs the command.</summary>
    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public static async Task<LocalRun> RunAsync(string repository, int events)
    {
        var start = new ProcessStartInfo(
            Path.Combine(repository, "src/Cli/bin/Release/net10.0/analytics"),
            ["run", "--native", "--json", "--events", events.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var (command, services) = (0.0, 0.0);
        while (!ended.IsCompleted)
        {
            command = ProcessMemory.GetPeakMegabytes(process.Id) ?? command;
            services = FindServices(process.Id) is { } id ? ProcessMemory.GetPeakMegabytes(id) ?? services : services;
            await Task.WhenAny(ended, Task.Delay(Pause));
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"analytics run ended with exit code {process.ExitCode}: {await errors}");
        }

        using var summary = JsonDocument.Parse(await output);
        return new LocalRun(events, TimeSpan.FromSeconds(summary.RootElement.GetProperty("seconds").GetDouble()), command, services);
    }

    private static int? FindServices(int parent)
    {
        try
        {
            return File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))
                .Cast<int?>()
                .FirstOrDefault(id => File.ReadAllText($"/proc/{id}/cmdline").Contains("start.js", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // A process has ended in between.
            return null;
        }
    }
}
