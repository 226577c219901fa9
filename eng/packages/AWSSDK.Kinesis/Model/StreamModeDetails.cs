namespace Amazon.Kinesis.Model;

/// <summary>A stream's capacity mode.</summary>
public class StreamModeDetails
{
    /// <summary>The mode.</summary>
    public StreamMode StreamMode { get; set; } = null!;
}
