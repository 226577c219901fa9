using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SimpleNotificationService;
using Amazon.SQS;

namespace Analytics.Local.Services;

public sealed partial class ServiceEndpoints
{
    /// <summary>A client for Kinesis.</summary>
    public IAmazonKinesis CreateKinesis() => new AmazonKinesisClient(Credentials, Configure(new AmazonKinesisConfig(), AwsService.Kinesis));

    /// <summary>A client for DynamoDB.</summary>
    public IAmazonDynamoDB CreateDynamoDB() => new AmazonDynamoDBClient(Credentials, Configure(new AmazonDynamoDBConfig(), AwsService.DynamoDB));

    /// <summary>A client for S3, with the bucket in the path.</summary>
    public IAmazonS3 CreateS3() =>
        new AmazonS3Client(Credentials, Configure(new AmazonS3Config { ForcePathStyle = true }, AwsService.S3));

    /// <summary>A client for SNS.</summary>
    public IAmazonSimpleNotificationService CreateSns() =>
        new AmazonSimpleNotificationServiceClient(Credentials, Configure(new AmazonSimpleNotificationServiceConfig(), AwsService.Sns));

    /// <summary>A client for SQS.</summary>
    public IAmazonSQS CreateSqs() => new AmazonSQSClient(Credentials, Configure(new AmazonSQSConfig(), AwsService.Sqs));

    private TConfig Configure<TConfig>(TConfig config, AwsService service)
        where TConfig : ClientConfig
    {
        config.ServiceURL = _uris[service].AbsoluteUri;
        config.AuthenticationRegion = Region;
        return config;
    }
}
