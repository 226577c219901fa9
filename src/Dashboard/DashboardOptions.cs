using Analytics.Dashboard.Controls;
using Analytics.Dashboard.Parts;

namespace Analytics.Dashboard;

/// <summary>The options of the live page.</summary>
internal sealed record DashboardOptions
{
    /// <summary>The start folder of the search for the page's files.</summary>
    public required string Folder { get; init; }

    /// <summary>The parts of its document.</summary>
    public required IReadOnlyList<IDashboardPart> Parts { get; init; }

    /// <summary>The clients that the parts use; disposed of with the server.</summary>
    public required IReadOnlyList<IDisposable> Clients { get; init; }

    /// <summary>The controls of the pipeline, or null for a read-only page.</summary>
    public IPipelineControls? Controls { get; init; }

    /// <summary>Returns the file with a function's log, given the logical ID, or null.</summary>
    public Func<string, string?> LogFile { get; init; } = static _ => null;

    /// <summary>The port on 127.0.0.1, or 0 for a free port.</summary>
    public int Port { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Receives a line if packages are installed.</summary>
    public Action<string> Log { get; init; } = static _ => { };
}
