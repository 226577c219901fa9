using Analytics.Cli.Shared.Output;
using Analytics.Local.Faults;

namespace Analytics.Cli.Shared.Faults;

/// <summary>Prints planned and injected faults as text.</summary>
internal static class FaultText
{
    /// <summary>Prints the faults to standard output; prints nothing if there are none.</summary>
    /// <param name="faults">The faults.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="advice">Advice if some faults could not be injected.</param>
    public static void Print(IReadOnlyList<FaultCount> faults, Terminal terminal, string advice)
    {
        if (faults.Count == 0)
        {
            return;
        }

        Columns.Print(terminal, ["Fault", "Planned", "Injected"], [false, true, true], faults.Select(fault => new[]
        {
            FaultSpec.GetName(fault.Kind), Terminal.Number(fault.Planned), Terminal.Number(fault.Injected),
        }));
        if (faults.Sum(fault => fault.Planned - fault.Injected) is > 0 and var left)
        {
            terminal.Out.WriteLine($"{Terminal.Number(left)} faults could not be injected: {advice}.");
        }
    }

    /// <summary>Describes planned faults in one line, such as <c>2 kill-before, 10 throttle</c>.</summary>
    public static string Planned(IEnumerable<FaultCount> faults) =>
        string.Join(", ", faults.Select(fault => $"{Terminal.Number(fault.Planned)} {FaultSpec.GetName(fault.Kind)}"));
}
