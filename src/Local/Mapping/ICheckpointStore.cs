namespace Analytics.Local.Mapping;

/// <summary>Stores the checkpoints of mappings across restarts.</summary>
public interface ICheckpointStore
{
    /// <summary>Reads the checkpoints of a mapping, or returns null if it never started.</summary>
    /// <exception cref="EventSourceMappingException">A checkpoint exists but cannot be read.</exception>
    Task<MappingCheckpoint?> LoadAsync(string mappingUuid, CancellationToken cancellationToken);

    /// <summary>Records the first start of a mapping.</summary>
    Task SaveStartAsync(string mappingUuid, DateTimeOffset startedAt, CancellationToken cancellationToken);

    /// <summary>Replaces a shard's checkpoint atomically. Never called concurrently for the same shard.</summary>
    Task SaveAsync(string mappingUuid, ShardCheckpoint checkpoint, CancellationToken cancellationToken);
}
