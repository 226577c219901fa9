using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A stream to delete.</summary>
public class DeleteStreamRequest : AmazonWebServiceRequest
{
    /// <summary>The stream's name; this or the ARN.</summary>
    public string? StreamName { get; set; }

    /// <summary>The stream's ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>Whether to delete it despite registered consumers.</summary>
    public bool? EnforceConsumerDeletion { get; set; }
}
