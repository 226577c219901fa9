using Analytics.Dashboard.State;

namespace Analytics.Dashboard.Parts;

/// <summary>A part of the page's document, read again and again.</summary>
internal interface IDashboardPart
{
    /// <summary>Its name, for messages.</summary>
    string Name { get; }

    /// <summary>The time between two readings.</summary>
    TimeSpan Period { get; }

    /// <summary>Whether a key is one of its entries'.</summary>
    bool Owns(string key);

    /// <summary>Reads it.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>All its entries, or null when nothing has changed.</returns>
    Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken);
}
