using Amazon.Runtime;
using Analytics.Local.Services;

namespace Analytics.Local.Tests.Services;

public class ServiceEndpointsTests
{
    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.Where(one => one.Name == name).Select(one => one.Value).FirstOrDefault();

    [Fact]
    public void ServiceVariableOverridesTheGeneralOne()
    {
        var uris = ServiceEndpoints.FromEnvironment(Variables(("AWS_ENDPOINT_URL", "http://a:1"), ("AWS_ENDPOINT_URL_SQS", "http://b:2")));

        Assert.Equal(new Uri("http://a:1"), uris[AwsService.DynamoDB]);
        Assert.Equal(new Uri("http://b:2"), uris[AwsService.Sqs]);
        Assert.Equal(AwsServices.All.Count(), uris.Count);
    }

    [Fact]
    public void WithoutVariablesNoServiceHasAnAddress() => Assert.Empty(ServiceEndpoints.FromEnvironment(Variables()));

    [Fact]
    public void InvalidAddressVariableIsReportedInOneLine() => Assert.Equal(
        "AWS_ENDPOINT_URL_S3=localhost is not an address: use, for example, http://127.0.0.1:4566",
        Assert.Throws<LocalDeploymentException>(() => ServiceEndpoints.FromEnvironment(Variables(("AWS_ENDPOINT_URL_S3", "localhost")))).Message);

    [Fact]
    public void AFunctionFindsEveryServiceByItsStandardVariable()
    {
        var endpoints = new ServiceEndpoints(new Dictionary<AwsService, Uri>(), "eu-west-1", new BasicAWSCredentials("key", "secret"));

        var environment = endpoints.At(new Uri("http://127.0.0.1:99")).Environment().ToDictionary(one => one.Key, one => one.Value);

        foreach (var service in (string[])["KINESIS", "DYNAMODB", "S3", "SNS", "SQS"])
        {
            Assert.Equal("http://127.0.0.1:99", environment[$"AWS_ENDPOINT_URL_{service}"]);
        }

        Assert.Equal(("eu-west-1", "key", "secret"), (environment["AWS_REGION"], environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]));
    }
}
