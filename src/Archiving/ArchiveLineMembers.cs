namespace Analytics.Archiving;

/// <summary>The members of a line of the archive (src/Archiving/README.md describes them).</summary>
public static class ArchiveLineMembers
{
    /// <summary>The producer's JSON, of an event.</summary>
    public const string OriginalData = "original_data";

    /// <summary>The original bytes, if they differ from <see cref="OriginalData"/>.</summary>
    public const string OriginalBase64 = "original_base64";

    /// <summary>The reason why the record is malformed.</summary>
    public const string Reason = "reason";

    /// <summary>The offset of the malformed byte.</summary>
    public const string Position = "position";

    /// <summary>The bytes of a malformed record.</summary>
    public const string Data = "data";

    /// <summary>The time at which the batch was processed.</summary>
    public const string ProcessedAt = "processed_at";

    /// <summary>The shard.</summary>
    public const string ShardId = "shard_id";

    /// <summary>The sequence number.</summary>
    public const string SequenceNumber = "sequence_number";

    /// <summary>The position in an aggregate.</summary>
    public const string SubSequenceNumber = "sub_sequence_number";

    /// <summary>The number among equal user records of one sequence number.</summary>
    public const string Occurrence = "occurrence";

    /// <summary>The partition key of the user record.</summary>
    public const string PartitionKey = "partition_key";

    /// <summary>The time at which the stream received the record.</summary>
    public const string ArrivalTime = "approximate_arrival_timestamp";

    /// <summary>The event's ID.</summary>
    public const string EventId = "event_id";

    /// <summary>The event's type.</summary>
    public const string EventType = "event_type";

    /// <summary>The event's time.</summary>
    public const string EventTime = "event_time";

    /// <summary>Whether <see cref="EventTime"/> is the arrival time.</summary>
    public const string EventTimeIsArrival = "event_time_is_arrival";
}
