using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;

namespace Analytics.Dashboard.Parts;

/// <summary>The constant information about the pipeline.</summary>
/// <param name="info">The entry.</param>
internal sealed class InfoPart(InfoEntry info) : IDashboardPart
{
    /// <inheritdoc/>
    public string Name => "Info";

    /// <inheritdoc/>
    public TimeSpan Period { get; } = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public bool Owns(string key) => key == "info";

    /// <inheritdoc/>
    public Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = new DashboardEntries();
        entries.Add("info", info);
        return Task.FromResult<DashboardEntries?>(entries);
    }
}
