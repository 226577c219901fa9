using Analytics.Dashboard.Parts;
using Analytics.Dashboard.State;

namespace Analytics.Dashboard.Tests;

/// <summary>A part of the document that a test fills.</summary>
internal sealed class FakePart : IDashboardPart
{
    private readonly Lock _gate = new();
    private DashboardEntries _entries = new();

    public string Name => "Fake";

    public TimeSpan Period { get; } = TimeSpan.FromMilliseconds(20);

    public bool Owns(string key) => !key.StartsWith("trouble/", StringComparison.Ordinal);

    /// <summary>Replaces all entries.</summary>
    public void Fill(Action<DashboardEntries> fill)
    {
        var entries = new DashboardEntries();
        fill(entries);
        lock (_gate)
        {
            _entries = entries;
        }
    }

    public Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<DashboardEntries?>(_entries);
        }
    }
}
