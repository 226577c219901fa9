using Analytics.Dashboard.State;

namespace Analytics.Dashboard.Parts;

/// <summary>A part of the page's document, read periodically.</summary>
internal interface IDashboardPart
{
    /// <summary>The name, for messages.</summary>
    string Name { get; }

    /// <summary>The time between two reads.</summary>
    TimeSpan Period { get; }

    /// <summary>Returns whether a key belongs to this part.</summary>
    bool Owns(string key);

    /// <summary>Reads the entries.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>All entries, or null if nothing has changed.</returns>
    Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken);
}
