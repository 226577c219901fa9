using System.Web;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using QueueAttribute = Amazon.SQS.Model.MessageAttributeValue;
using TopicAttribute = Amazon.SimpleNotificationService.Model.MessageAttributeValue;

namespace Analytics.Packages.Tests.Aws;

/// <summary>The HTTP requests to SQS and SNS.</summary>
public sealed class QueuesAndTopicsWireTests
{
    [Fact]
    public async Task AMessageToAQueueIsJson()
    {
        using var server = new LocalServer(new Answer(200, """{"MessageId":"m","SequenceNumber":"9"}"""));
        using var queues = new AmazonSQSClient(Emulators.Credentials, new AmazonSQSConfig { ServiceURL = server.Url, AuthenticationRegion = "eu-west-1" });

        var response = await queues.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = "https://queue",
            MessageBody = "b",
            DelaySeconds = 3,
            MessageGroupId = "g",
            MessageDeduplicationId = "d",
            MessageAttributes = new() { ["n"] = new QueueAttribute { DataType = "Number", StringValue = "1" } },
        });

        var request = Assert.Single(server.Requests);
        Assert.Equal("AmazonSQS.SendMessage", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.0", request.Headers["Content-Type"]);
        Assert.Contains("/eu-west-1/sqs/aws4_request", request.Headers["Authorization"]);
        Assert.Equal(
            """{"QueueUrl":"https://queue","MessageBody":"b","DelaySeconds":3,"MessageAttributes":{"n":{"DataType":"Number","StringValue":"1"}},"MessageGroupId":"g","MessageDeduplicationId":"d"}""",
            request.Text);
        Assert.Equal(("m", "9"), (response.MessageId, response.SequenceNumber));
    }

    [Fact]
    public async Task QueryProtocolErrorCodeIsPreserved()
    {
        using var server = new LocalServer(new Answer(
            400,
            """{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}""",
            ("x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender")));
        using var queues = new AmazonSQSClient(Emulators.Credentials, new AmazonSQSConfig { ServiceURL = server.Url });

        var exception = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => queues.PurgeQueueAsync(new PurgeQueueRequest { QueueUrl = "q" }));

        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", exception.ErrorCode);
    }

    [Fact]
    public async Task FailedBatchEntryStatesWhoseFaultItIs()
    {
        using var queueServer = new LocalServer(new Answer(200, """{"Failed":[{"Id":"1","Code":"InternalError","Message":"why","SenderFault":false}]}"""));
        using var topicServer = new LocalServer(new Answer(200, """
            <PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishBatchResult><Failed><member>
            <Id>1</Id><Code>InvalidParameter</Code><Message>why</Message><SenderFault>true</SenderFault></member></Failed><Successful/></PublishBatchResult>
            <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishBatchResponse>
            """));
        using var queues = new AmazonSQSClient(Emulators.Credentials, new AmazonSQSConfig { ServiceURL = queueServer.Url });
        using var topics = Topics(topicServer);

        var fromQueue = await queues.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = "q", Entries = [] });
        var fromTopic = await topics.PublishBatchAsync(new PublishBatchRequest { TopicArn = "t", PublishBatchRequestEntries = [] });

        Assert.Null(fromQueue.Successful);
        Assert.Equal(("1", "InternalError", "why", false), fromQueue.Failed!.Select(entry => (entry.Id, entry.Code, entry.Message, entry.SenderFault!.Value)).Single());
        Assert.Empty(fromTopic.Successful!);
        Assert.Equal(("1", "InvalidParameter", "why", true), fromTopic.Failed!.Select(entry => (entry.Id, entry.Code, entry.Message, entry.SenderFault!.Value)).Single());
        Assert.Equal("r", fromTopic.ResponseMetadata.RequestId);
    }

    [Fact]
    public async Task ABatchForATopicIsAForm()
    {
        using var server = new LocalServer(new Answer(200, "<PublishBatchResponse><PublishBatchResult/></PublishBatchResponse>"));
        using var topics = Topics(server);

        await topics.PublishBatchAsync(new PublishBatchRequest
        {
            TopicArn = "arn:t",
            PublishBatchRequestEntries =
            [
                new() { Id = "a", Message = "1 + 1 = 2 & more", MessageGroupId = "g", MessageDeduplicationId = "d" },
                new()
                {
                    Id = "b",
                    Message = "{}",
                    Subject = "s",
                    MessageStructure = "json",
                    MessageAttributes = new() { ["k"] = new TopicAttribute { DataType = "Binary", BinaryValue = new MemoryStream([255]) } },
                },
            ],
        });

        var request = Assert.Single(server.Requests);
        var form = HttpUtility.ParseQueryString(request.Text);
        Assert.StartsWith("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.Contains("/eu-west-1/sns/aws4_request", request.Headers["Authorization"]);
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["Action"] = "PublishBatch",
                ["Version"] = "2010-03-31",
                ["TopicArn"] = "arn:t",
                ["PublishBatchRequestEntries.member.1.Id"] = "a",
                ["PublishBatchRequestEntries.member.1.Message"] = "1 + 1 = 2 & more",
                ["PublishBatchRequestEntries.member.1.MessageGroupId"] = "g",
                ["PublishBatchRequestEntries.member.1.MessageDeduplicationId"] = "d",
                ["PublishBatchRequestEntries.member.2.Id"] = "b",
                ["PublishBatchRequestEntries.member.2.Message"] = "{}",
                ["PublishBatchRequestEntries.member.2.Subject"] = "s",
                ["PublishBatchRequestEntries.member.2.MessageStructure"] = "json",
                ["PublishBatchRequestEntries.member.2.MessageAttributes.entry.1.Name"] = "k",
                ["PublishBatchRequestEntries.member.2.MessageAttributes.entry.1.Value.DataType"] = "Binary",
                ["PublishBatchRequestEntries.member.2.MessageAttributes.entry.1.Value.BinaryValue"] = "/w==",
            },
            form.AllKeys.ToDictionary(key => key!, key => form[key]));
    }

    [Fact]
    public async Task AThrottledMessageIsPublishedAgain()
    {
        using var server = new LocalServer(
            new Answer(400, "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>"),
            new Answer(500, "oops"),
            new Answer(200, "<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>"));
        using var topics = Topics(server);

        Assert.Equal("m", (await topics.PublishAsync(new PublishRequest { TopicArn = "t", Message = "x" })).MessageId);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task AnErrorOfSnsIsReadFromItsXml()
    {
        using var server = new LocalServer(new Answer(403, """
            <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>no</Message></Error>
            <RequestId>r-1</RequestId></ErrorResponse>
            """));
        using var topics = Topics(server);

        var exception = await Assert.ThrowsAsync<AuthorizationErrorException>(() => topics.ListTopicsAsync(new ListTopicsRequest()));

        Assert.Equal(("AuthorizationError", "no", "r-1"), (exception.ErrorCode, exception.Message, exception.RequestId));
    }

    private static AmazonSimpleNotificationServiceClient Topics(LocalServer server) => new(
        Emulators.Credentials, new AmazonSimpleNotificationServiceConfig { ServiceURL = server.Url, AuthenticationRegion = "eu-west-1" });
}
