using System.Diagnostics;
using System.Globalization;

namespace Analytics.Performance.Documents;

/// <summary>Describes the machine and the versions.</summary>
internal static class BenchmarkMachine
{
    /// <summary>Returns one line, for the tables of README and docs.</summary>
    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? "unknown processor";
        var memory = long.Parse(
            File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / (1024 * 1024);
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores of a virtual machine ({model}, {memory} GB), Linux");
    }

    /// <summary>Returns the load average of the last minute.</summary>
    public static double GetLoad() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Returns the first line that a program prints.</summary>
    public static string GetVersion(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var line = process.StandardOutput.ReadLine() ?? "";
        process.WaitForExit();
        return line;
    }
}
