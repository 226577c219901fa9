using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A page of streams.</summary>
public class ListStreamsResponse : AmazonWebServiceResponse
{
    /// <summary>The stream names.</summary>
    public List<string> StreamNames { get; set; } = null!;

    /// <summary>Whether there are further pages.</summary>
    public bool? HasMoreStreams { get; set; }

    /// <summary>The token for the next page, if there is one.</summary>
    public string? NextToken { get; set; }
}
