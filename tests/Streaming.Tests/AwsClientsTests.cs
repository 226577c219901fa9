using Amazon.Runtime;

namespace Analytics.Streaming.Tests;

public sealed class AwsClientsTests
{
    [Theory]
    [InlineData("AWS_ENDPOINT_URL", true)]
    [InlineData("AWS_ENDPOINT_URL_S3", true)]
    [InlineData("AWS_ENDPOINT_URL_SNS", false)]
    public void ServiceEndpointIsReadFromTheEnvironment(string variable, bool has) =>
        Assert.Equal(has, AwsClients.HasOwnEndpoint(name => name == variable ? "http://127.0.0.1:4566" : null, "S3"));

    [Fact]
    public void AwsErrorIsReportedByItsCodesOnly()
    {
        var exception = new AmazonServiceException("The item with key secret-user is too large")
        {
            ErrorCode = "ValidationException",
            StatusCode = System.Net.HttpStatusCode.BadRequest,
            RequestId = "r-1",
        };

        Assert.Equal("AmazonServiceException ValidationException, HTTP 400, request r-1", FailureText.Create(exception));
    }

    [Fact]
    public void InnerFailureIsReported() =>
        Assert.Equal(
            "InvalidOperationException <- TimeoutException",
            FailureText.Create(new InvalidOperationException("secret-user", new TimeoutException("secret-user"))));
}
