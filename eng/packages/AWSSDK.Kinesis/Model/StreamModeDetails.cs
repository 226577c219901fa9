namespace Amazon.Kinesis.Model;

/// <summary>How a stream gets its capacity.</summary>
public class StreamModeDetails
{
    /// <summary>The mode.</summary>
    public StreamMode StreamMode { get; set; } = null!;
}
