using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The time is changed.</summary>
public class ChangeMessageVisibilityResponse : AmazonWebServiceResponse
{
}
