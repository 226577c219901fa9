using Analytics.Dashboard.Controls;
using Analytics.Dashboard.State;

namespace Analytics.Dashboard.Parts;

/// <summary>The producer's state.</summary>
/// <param name="controls">The controls.</param>
internal sealed class ProducerPart(IPipelineControls controls) : IDashboardPart
{
    /// <inheritdoc/>
    public string Name => "Producer";

    /// <inheritdoc/>
    public TimeSpan Period { get; } = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public bool Owns(string key) => key == "producer";

    /// <inheritdoc/>
    public Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = new DashboardEntries();
        entries.Add("producer", controls.State);
        return Task.FromResult<DashboardEntries?>(entries);
    }
}
