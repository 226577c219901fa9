using System.Text.Json;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using TopicAttribute = Amazon.SimpleNotificationService.Model.MessageAttributeValue;

namespace Analytics.Packages.Tests.Aws;

/// <summary>The clients of SQS and SNS against emulators of their protocols.</summary>
[Collection(EmulatorsCollection.Name)]
public sealed class QueuesAndTopicsTests(Emulators emulators) : IDisposable
{
    private readonly AmazonSQSClient _queues = emulators.Queues();
    private readonly AmazonSimpleNotificationServiceClient _topics = emulators.Topics();

    public void Dispose()
    {
        _queues.Dispose();
        _topics.Dispose();
    }

    [Fact]
    public async Task AMessageIsSentReceivedHiddenAndDeleted()
    {
        var (_, url) = await CreateQueueAsync();
        const string Body = "zwölf \"<&>\" ☃";

        var sent = await _queues.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = url,
            MessageBody = Body,
            MessageAttributes = new() { ["kind"] = new() { DataType = "String", StringValue = "alert" }, ["raw"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([1, 2]) } },
        });
        var message = Assert.Single(await ReceiveAsync(url, 1));
        await _queues.ChangeMessageVisibilityAsync(new ChangeMessageVisibilityRequest { QueueUrl = url, ReceiptHandle = message.ReceiptHandle, VisibilityTimeout = 0 });
        var again = Assert.Single(await ReceiveAsync(url, 1));
        await _queues.DeleteMessageAsync(new DeleteMessageRequest { QueueUrl = url, ReceiptHandle = again.ReceiptHandle });

        Assert.Equal(sent.MessageId, message.MessageId);
        Assert.Equal(sent.MD5OfMessageBody, message.MD5OfBody);
        Assert.Equal(Body, message.Body);
        Assert.Equal("alert", message.MessageAttributes!["kind"].StringValue);
        Assert.Equal([1, 2], message.MessageAttributes["raw"].BinaryValue!.ToArray());
        Assert.True(long.Parse(message.Attributes!["SentTimestamp"]) > 0);
        Assert.Equal(message.MessageId, again.MessageId);
        Assert.Equal("0", await AttributeAsync(url, "ApproximateNumberOfMessages"));
        Assert.Equal("0", await AttributeAsync(url, "ApproximateNumberOfMessagesNotVisible"));
    }

    [Fact]
    public async Task BatchesAreSentAndDeletedAndReportFailures()
    {
        var (_, url) = await CreateQueueAsync();

        var sent = await _queues.SendMessageBatchAsync(new SendMessageBatchRequest
        {
            QueueUrl = url,
            Entries = [.. Enumerable.Range(0, 3).Select(index => new SendMessageBatchRequestEntry { Id = $"m{index}", MessageBody = $"{index}" })],
        });
        var received = await ReceiveAsync(url, 3);
        var deleted = await _queues.DeleteMessageBatchAsync(new DeleteMessageBatchRequest
        {
            QueueUrl = url,
            Entries = [.. received.Select((message, index) => new DeleteMessageBatchRequestEntry { Id = $"d{index}", ReceiptHandle = message.ReceiptHandle })],
        });

        Assert.Equal(["m0", "m1", "m2"], sent.Successful!.Select(entry => entry.Id));
        Assert.Empty(sent.Failed ?? []);
        Assert.Equal(["0", "1", "2"], received.Select(message => message.Body).Order());
        Assert.Equal(["d0", "d1", "d2"], deleted.Successful!.Select(entry => entry.Id).Order());
    }

    [Fact]
    public async Task AQueueIsFoundListedSetAndPurged()
    {
        var (name, url) = await CreateQueueAsync(new() { ["VisibilityTimeout"] = "7" });

        Assert.Equal(url, (await _queues.GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = name })).QueueUrl);
        Assert.Equal([url], (await _queues.ListQueuesAsync(new ListQueuesRequest { QueueNamePrefix = name })).QueueUrls);
        Assert.Equal("7", await AttributeAsync(url, "VisibilityTimeout"));
        await _queues.SetQueueAttributesAsync(new SetQueueAttributesRequest { QueueUrl = url, Attributes = new() { ["VisibilityTimeout"] = "8" } });
        Assert.Equal("8", await AttributeAsync(url, "VisibilityTimeout"));
        await _queues.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageBody = "x" });
        Assert.Equal("1", await AttributeAsync(url, "ApproximateNumberOfMessages"));
        await _queues.PurgeQueueAsync(new PurgeQueueRequest { QueueUrl = url });
        Assert.Equal("0", await AttributeAsync(url, "ApproximateNumberOfMessages"));
        Assert.Empty((await _queues.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url })).Messages ?? []);
    }

    [Fact]
    public async Task AnErrorIsAnExceptionOfItsOwnType()
    {
        var (_, url) = await CreateQueueAsync();

        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => _queues.GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = "no-such-queue" }));
        await Assert.ThrowsAsync<Amazon.SQS.Model.EmptyBatchRequestException>(
            () => _queues.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = url, Entries = [] }));
        var missing = await Assert.ThrowsAsync<NotFoundException>(
            () => _topics.PublishAsync(new PublishRequest { TopicArn = "arn:aws:sns:us-east-1:000000000000:no-such-topic", Message = "m" }));

        Assert.Equal("NotFound", missing.ErrorCode);
        Assert.False(string.IsNullOrEmpty(missing.Message));
    }

    [Fact]
    public async Task PublishedMessageReachesTheSubscribedQueue()
    {
        var (topic, url) = await SubscribedQueueAsync(new() { ["RawMessageDelivery"] = "true" });

        var published = await _topics.PublishAsync(new PublishRequest
        {
            TopicArn = topic,
            Message = "50% off & more + ünïcode ☃",
            Subject = "Sale",
            MessageAttributes = new() { ["event_type"] = new TopicAttribute { DataType = "String", StringValue = "purchase" } },
        });
        var message = Assert.Single(await ReceiveAsync(url, 1));

        Assert.False(string.IsNullOrEmpty(published.MessageId));
        Assert.False(string.IsNullOrEmpty(published.ResponseMetadata.RequestId));
        Assert.Equal("50% off & more + ünïcode ☃", message.Body);
        Assert.Equal("purchase", message.MessageAttributes!["event_type"].StringValue);
    }

    [Fact]
    public async Task ABatchIsPublishedEntryByEntry()
    {
        var (topic, url) = await SubscribedQueueAsync();

        var response = await _topics.PublishBatchAsync(new PublishBatchRequest
        {
            TopicArn = topic,
            PublishBatchRequestEntries = [.. Enumerable.Range(0, 10).Select(index => new PublishBatchRequestEntry { Id = $"e{index}", Message = $"message {index}", Subject = $"subject {index}" })],
        });
        var received = (await ReceiveAsync(url, 10)).Select(message => JsonDocument.Parse(message.Body).RootElement).ToList();

        Assert.Equal(Enumerable.Range(0, 10).Select(index => $"e{index}"), response.Successful!.Select(entry => entry.Id).Order());
        Assert.Empty(response.Failed ?? []);
        Assert.Equal(response.Successful!.Select(entry => entry.MessageId).Order(), received.Select(message => message.GetProperty("MessageId").GetString()).Order());
        Assert.Equal(
            Enumerable.Range(0, 10).Select(index => ($"message {index}", $"subject {index}")).Order(),
            received.Select(message => (message.GetProperty("Message").GetString()!, message.GetProperty("Subject").GetString()!)).Order());
    }

    [Fact]
    public async Task AQueueGetsTheTextForQueuesOfAMessageWithSeveral()
    {
        var (topic, url) = await SubscribedQueueAsync(new() { ["RawMessageDelivery"] = "true" });
        string[] messages = ["""{"default":"d1","email":"e"}""", """{"default":"d2","sqs":"q2"}""", """{"default":"d3","sqs":3}"""];

        var response = await _topics.PublishBatchAsync(new PublishBatchRequest
        {
            TopicArn = topic,
            PublishBatchRequestEntries = [.. messages.Select((message, index) => new PublishBatchRequestEntry { Id = $"e{index}", Message = message, MessageStructure = "json" })],
        });
        await _topics.PublishAsync(new PublishRequest { TopicArn = topic, Message = """{"default":"d4"}""", MessageStructure = "json" });
        await _topics.PublishAsync(new PublishRequest { TopicArn = topic, Message = """{"default":"d5"}""" });

        Assert.Empty(response.Failed ?? []);
        Assert.Equal(["d1", "d3", "d4", "q2", """{"default":"d5"}"""], (await ReceiveAsync(url, 5)).Select(message => message.Body).Order(StringComparer.Ordinal));
        await Assert.ThrowsAsync<InvalidParameterException>(
            () => _topics.PublishAsync(new PublishRequest { TopicArn = topic, Message = """{"email":"e"}""", MessageStructure = "json" }));
    }

    [Fact]
    public async Task SubscriptionsAreListedChangedAndEnded()
    {
        var (topic, url) = await SubscribedQueueAsync();
        var subscription = Assert.Single((await _topics.ListSubscriptionsByTopicAsync(new ListSubscriptionsByTopicRequest { TopicArn = topic })).Subscriptions);

        await _topics.SetSubscriptionAttributesAsync(new SetSubscriptionAttributesRequest
        {
            SubscriptionArn = subscription.SubscriptionArn,
            AttributeName = "FilterPolicy",
            AttributeValue = """{"kind":["wanted"]}""",
        });
        foreach (var kind in (string[])["other", "wanted"])
        {
            await _topics.PublishAsync(new PublishRequest { TopicArn = topic, Message = kind, MessageAttributes = new() { ["kind"] = new TopicAttribute { DataType = "String", StringValue = kind } } });
        }

        var received = await ReceiveAsync(url, 1);
        await _topics.UnsubscribeAsync(new UnsubscribeRequest { SubscriptionArn = subscription.SubscriptionArn });

        Assert.Equal((topic, "sqs"), (subscription.TopicArn, subscription.Protocol));
        Assert.Contains("\"wanted\"", Assert.Single(received).Body);
        Assert.Empty((await _topics.ListSubscriptionsByTopicAsync(new ListSubscriptionsByTopicRequest { TopicArn = topic })).Subscriptions);
        Assert.Contains(topic, (await _topics.ListTopicsAsync(new ListTopicsRequest())).Topics.Select(found => found.TopicArn));
    }

    private async Task<(string Name, string Url)> CreateQueueAsync(Dictionary<string, string>? attributes = null)
    {
        var name = $"queue-{Guid.NewGuid():N}";
        return (name, (await _queues.CreateQueueAsync(new CreateQueueRequest { QueueName = name, Attributes = attributes, Tags = new() { ["a"] = "b" } })).QueueUrl);
    }

    private async Task<(string TopicArn, string QueueUrl)> SubscribedQueueAsync(Dictionary<string, string>? attributes = null)
    {
        var (name, url) = await CreateQueueAsync();
        var topic = (await _topics.CreateTopicAsync(new CreateTopicRequest { Name = $"topic-of-{name}", Tags = [new Tag { Key = "a", Value = "b" }] })).TopicArn;
        var subscribed = await _topics.SubscribeAsync(new SubscribeRequest
        {
            TopicArn = topic,
            Protocol = "sqs",
            Endpoint = await AttributeAsync(url, "QueueArn"),
            Attributes = attributes,
            ReturnSubscriptionArn = true,
        });
        Assert.StartsWith(topic, subscribed.SubscriptionArn);
        return (topic, url);
    }

    private async Task<string> AttributeAsync(string url, string name) =>
        (await _queues.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = [name] })).Attributes![name];

    private async Task<List<Message>> ReceiveAsync(string url, int count)
    {
        var messages = new List<Message>();
        await Eventually.GetAsync(
            async () =>
            {
                var received = await _queues.ReceiveMessageAsync(new ReceiveMessageRequest
                {
                    QueueUrl = url,
                    MaxNumberOfMessages = 10,
                    WaitTimeSeconds = 1,
                    MessageAttributeNames = ["All"],
                    MessageSystemAttributeNames = ["All"],
                });
                messages.AddRange(received.Messages ?? []);
                return messages.Count;
            },
            received => received >= count);
        return messages;
    }
}
