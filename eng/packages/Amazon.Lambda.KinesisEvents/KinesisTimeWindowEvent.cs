using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisEvents;

/// <summary>
/// A batch of records that belongs to a tumbling window
/// (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html).
/// </summary>
[JsonConverter(typeof(Converters.KinesisTimeWindowEventConverter))]
public class KinesisTimeWindowEvent : KinesisEvent
{
    /// <summary>The window, by arrival time.</summary>
    public TimeWindow Window { get; set; } = null!;

    /// <summary>The state returned by the window's previous invocation; empty at its start.</summary>
    public Dictionary<string, string> State { get; set; } = [];

    /// <summary>The shard that the records come from.</summary>
    public string ShardId { get; set; } = null!;

    /// <summary>The ARN of the stream or of the consumer.</summary>
    public string EventSourceARN { get; set; } = null!;

    /// <summary>Whether this is the window's last invocation; it has no records.</summary>
    public bool? IsFinalInvokeForWindow { get; set; }

    /// <summary>Whether the window ends early because its state grew over 1 MB; the same window continues with an empty state.</summary>
    public bool? IsWindowTerminatedEarly { get; set; }

    /// <summary>A time range.</summary>
    public class TimeWindow
    {
        /// <summary>The start, inclusive, UTC.</summary>
        public DateTime Start { get; set; }

        /// <summary>The end, exclusive, UTC.</summary>
        public DateTime End { get; set; }
    }
}
