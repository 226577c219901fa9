namespace Analytics.Cli.Shared.Archive;

/// <summary>Storage of an archive's objects.</summary>
internal interface IArchiveStore
{
    /// <summary>The name used in messages.</summary>
    string Title { get; }

    /// <summary>Lists the keys with a prefix in order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Downloads an object to a file in an existing folder.</summary>
    /// <returns>Whether the object exists.</returns>
    Task<bool> GetAsync(string key, string file, CancellationToken cancellationToken);

    /// <summary>Uploads a file as an object, atomically.</summary>
    Task PutAsync(string key, string file, CancellationToken cancellationToken);

    /// <summary>Deletes objects; missing ones are ignored.</summary>
    Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);
}
