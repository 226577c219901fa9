using Analytics.Cli.Shared.Output;
using Analytics.Local.Faults;

namespace Analytics.Cli.Shared.Faults;

/// <summary>Faults as people read them: what was asked for beside what came about.</summary>
internal static class FaultText
{
    /// <summary>Prints them to standard output; nothing when there are none.</summary>
    /// <param name="faults">The faults.</param>
    /// <param name="terminal">Where to.</param>
    /// <param name="advice">What to do when some found no place.</param>
    public static void Print(IReadOnlyList<FaultCount> faults, Terminal terminal, string advice)
    {
        if (faults.Count == 0)
        {
            return;
        }

        Columns.Print(terminal, ["Fault", "Planned", "Injected"], [false, true, true], faults.Select(fault => new[]
        {
            FaultSpec.NameOf(fault.Kind), Terminal.Number(fault.Planned), Terminal.Number(fault.Injected),
        }));
        if (faults.Sum(fault => fault.Planned - fault.Injected) is > 0 and var left)
        {
            terminal.Out.WriteLine($"{Terminal.Number(left)} faults found no place: {advice}.");
        }
    }

    /// <summary>One line on what is planned: <c>2 kill-before, 10 throttle</c>.</summary>
    public static string Planned(IEnumerable<FaultCount> faults) =>
        string.Join(", ", faults.Select(fault => $"{Terminal.Number(fault.Planned)} {FaultSpec.NameOf(fault.Kind)}"));
}
