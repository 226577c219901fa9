using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The attributes are set.</summary>
public class SetQueueAttributesResponse : AmazonWebServiceResponse
{
}
