using System.Globalization;

namespace Analytics.Performance;

/// <summary>The memory of a process as Linux accounts for it.</summary>
internal static class ProcessMemory
{
    /// <summary>The peak resident memory in MB since the start of the process, or since its <c>clear_refs</c> was written to.</summary>
    /// <returns>Null if the process has ended.</returns>
    public static double? GetPeakMegabytes(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024d;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
