namespace Analytics.Archiving;

/// <summary>The members of a line of the archive (src/Archiving/README.md describes them).</summary>
public static class ArchiveMembers
{
    /// <summary>The producer's JSON, of an event.</summary>
    public const string OriginalData = "original_data";

    /// <summary>The bytes as put, where they are not <see cref="OriginalData"/> itself.</summary>
    public const string OriginalBase64 = "original_base64";

    /// <summary>Why the record is malformed.</summary>
    public const string Reason = "reason";

    /// <summary>Where in its bytes it is malformed.</summary>
    public const string Position = "position";

    /// <summary>The bytes of a malformed record.</summary>
    public const string Data = "data";

    /// <summary>When the batch was processed.</summary>
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

    /// <summary>When the stream received the record.</summary>
    public const string ArrivalTime = "approximate_arrival_timestamp";

    /// <summary>The event's id.</summary>
    public const string EventId = "event_id";

    /// <summary>The event's type.</summary>
    public const string EventType = "event_type";

    /// <summary>The event's time.</summary>
    public const string EventTime = "event_time";

    /// <summary>Whether <see cref="EventTime"/> is the time of arrival.</summary>
    public const string EventTimeIsArrival = "event_time_is_arrival";
}
