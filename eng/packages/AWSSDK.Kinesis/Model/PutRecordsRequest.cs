using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Records to write, at most 500 and 10 MiB.</summary>
public class PutRecordsRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The records.</summary>
    public List<PutRecordsRequestEntry> Records { get; set; } = null!;
}
