using Analytics.Dashboard.Controls;
using Analytics.Dashboard.Parts;

namespace Analytics.Dashboard;

/// <summary>What the live page shows, and where.</summary>
internal sealed record DashboardOptions
{
    /// <summary>Where to look for the page's files first.</summary>
    public required string Folder { get; init; }

    /// <summary>The parts of its document.</summary>
    public required IReadOnlyList<IDashboardPart> Parts { get; init; }

    /// <summary>The clients that the parts use; disposed of with the server.</summary>
    public required IReadOnlyList<IDisposable> Clients { get; init; }

    /// <summary>What it can do to the pipeline; null for nothing.</summary>
    public IPipelineControls? Controls { get; init; }

    /// <summary>The file with a function's log by the function's logical id, or null.</summary>
    public Func<string, string?> LogFile { get; init; } = static _ => null;

    /// <summary>The port on 127.0.0.1; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes a line when there is something to install.</summary>
    public Action<string> Log { get; init; } = static _ => { };
}
