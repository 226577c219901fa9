namespace Analytics.Cli.Shared.Archive;

/// <summary>Where an archive's objects are.</summary>
internal interface IArchiveStore
{
    /// <summary>What messages call it.</summary>
    string Title { get; }

    /// <summary>The keys that begin with a prefix, in their order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Copies an object into a file, whose folder is there.</summary>
    /// <returns>Whether there is such an object.</returns>
    Task<bool> GetAsync(string key, string file, CancellationToken cancellationToken);

    /// <summary>Makes a file an object: whole, or not at all.</summary>
    Task PutAsync(string key, string file, CancellationToken cancellationToken);

    /// <summary>Removes objects; those that are not there do not matter.</summary>
    Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);
}
