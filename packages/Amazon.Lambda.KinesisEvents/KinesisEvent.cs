namespace Amazon.Lambda.KinesisEvents;

/// <summary>A batch of records from one shard, as Lambda's event source mapping delivers it.</summary>
public class KinesisEvent
{
    /// <summary>The records, in the order of the shard.</summary>
    public IList<KinesisEventRecord> Records { get; set; } = [];

    /// <summary>One record of a batch.</summary>
    public class KinesisEventRecord
    {
        /// <summary>The stream's region.</summary>
        public string AwsRegion { get; set; } = null!;

        /// <summary><c>shardId:sequenceNumber</c>.</summary>
        public string EventId { get; set; } = null!;

        /// <summary><c>aws:kinesis:record</c>.</summary>
        public string EventName { get; set; } = null!;

        /// <summary><c>aws:kinesis</c>.</summary>
        public string EventSource { get; set; } = null!;

        /// <summary>The stream's ARN.</summary>
        public string EventSourceARN { get; set; } = null!;

        /// <summary>The version of this shape, <c>1.0</c>.</summary>
        public string EventVersion { get; set; } = null!;

        /// <summary>The role that the function is invoked with.</summary>
        public string InvokeIdentityArn { get; set; } = null!;

        /// <summary>The record itself.</summary>
        public Record Kinesis { get; set; } = null!;
    }

    /// <summary>A Kinesis record as it stands in a batch.</summary>
    public class Record : Amazon.Kinesis.Model.Record
    {
        /// <summary>The version of this shape, <c>1.0</c>.</summary>
        public string KinesisSchemaVersion { get; set; } = null!;
    }
}
