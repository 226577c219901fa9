namespace Analytics.Performance.Comparing;

/// <summary>A way to write the functions.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Start">Returns the program of a function.</param>
internal sealed record Design(string Name, Func<string, FunctionProgram> Start)
{
    /// <summary>The functions that every design has.</summary>
    public static IReadOnlyList<string> Functions { get; } = ["Archive", "Counters", "Results", "Alerts"];

    /// <summary>This project's native executables.</summary>
    public static Design Ours(string folder) => new("Analytics", function => new FunctionProgram(
        Path.Combine(folder, function, "bootstrap"),
        [],
        new Dictionary<string, string>
        {
            ["ANNOTATIONS_HANDLER"] = "HandleAsync",
            // As in template.yaml.
            ["DOTNET_GCGen0MaxBudget"] = "1000000",
        }));

    /// <summary>The functions of bench/peers/dotnet.</summary>
    public static Design DotNetPeer(string folder) => new(".NET peer", function => new FunctionProgram(
        Path.Combine(folder, "Analytics.Peer"), [], new Dictionary<string, string> { ["_HANDLER"] = function }));

    /// <summary>The functions of bench/peers/node.</summary>
    public static Design NodePeer(string folder) => new("Node.js peer", function => new FunctionProgram(
        "node", [Path.Combine(folder, "dist", "runtime.mjs")], new Dictionary<string, string> { ["_HANDLER"] = function.ToLowerInvariant() }));
}

/// <summary>The program of a function.</summary>
/// <param name="File">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Its environment in addition to that of all functions.</param>
internal sealed record FunctionProgram(string File, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);
