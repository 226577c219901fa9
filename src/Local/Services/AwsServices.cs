namespace Analytics.Local.Services;

/// <summary>The names of each service in AWS.</summary>
internal static class AwsServices
{
    /// <summary>The variable with the endpoint for all services.</summary>
    public const string EndpointVariable = "AWS_ENDPOINT_URL";

    private static readonly (AwsService Service, string SigningName, string TargetPrefix)[] Names =
    [
        (AwsService.Kinesis, "kinesis", "Kinesis_20131202"),
        (AwsService.DynamoDB, "dynamodb", "DynamoDB_20120810"),
        (AwsService.S3, "s3", ""),
        (AwsService.Sns, "sns", ""),
        (AwsService.Sqs, "sqs", "AmazonSQS"),
    ];

    public static IEnumerable<AwsService> All => Names.Select(name => name.Service);

    /// <summary>Returns the name in IAM actions and in the credential scope of signatures: <c>dynamodb</c>.</summary>
    public static string SigningName(AwsService service) => Names[(int)service].SigningName;

    /// <summary>Gets the service with a signing name.</summary>
    public static AwsService? FromSigningName(ReadOnlySpan<char> name)
    {
        foreach (var (service, signingName, _) in Names)
        {
            if (name.SequenceEqual(signingName))
            {
                return service;
            }
        }

        return null;
    }

    /// <summary>Gets the service of an <c>X-Amz-Target</c> such as <c>DynamoDB_20120810.UpdateItem</c>.</summary>
    public static AwsService? FromTarget(ReadOnlySpan<char> target)
    {
        var dot = target.LastIndexOf('.');
        foreach (var (service, _, prefix) in Names)
        {
            if (dot > 0 && target[..dot].SequenceEqual(prefix))
            {
                return service;
            }
        }

        return null;
    }

    /// <summary>Returns the variable with the endpoint of a service: <c>AWS_ENDPOINT_URL_DYNAMODB</c>.</summary>
    public static string GetEndpointVariable(AwsService service) =>
        $"{EndpointVariable}_{SigningName(service).ToUpperInvariant()}";
}
