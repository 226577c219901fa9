namespace Analytics.Local.Mapping;

/// <summary>Keeps the checkpoints of mappings over restarts.</summary>
public interface ICheckpointStore
{
    /// <summary>What is known of a mapping; null when it never started.</summary>
    /// <exception cref="EventSourceMappingException">A checkpoint is there but cannot be read.</exception>
    Task<MappingCheckpoint?> LoadAsync(string mappingUuid, CancellationToken cancellationToken);

    /// <summary>Notes that a mapping starts for the first time.</summary>
    Task SaveStartAsync(string mappingUuid, DateTimeOffset startedAt, CancellationToken cancellationToken);

    /// <summary>Replaces a shard's checkpoint, whole or not at all. Never called twice at a time for one shard.</summary>
    Task SaveAsync(string mappingUuid, ShardCheckpoint checkpoint, CancellationToken cancellationToken);
}
