using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Analytics.Local.Services;
using Analytics.Local.Template;
using Analytics.Local.Template.Model;

namespace Analytics.Local.Deployment;

/// <summary>Creates a template's resources in the services and waits until they are ready; existing resources are used unchanged.</summary>
internal sealed class ResourceCreator(ServiceEndpoints services, UnsupportedFeatures unsupported) : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IAmazonKinesis _kinesis = services.CreateKinesis();
    private readonly IAmazonDynamoDB _dynamoDb = services.CreateDynamoDB();
    private readonly IAmazonS3 _s3 = services.CreateS3();
    private readonly IAmazonSimpleNotificationService _sns = services.CreateSns();
    private readonly IAmazonSQS _sqs = services.CreateSqs();

    /// <summary>Creates a resource if it belongs to a service.</summary>
    /// <returns>The service's identifier if it differs from the name: a topic's ARN, a queue's URL.</returns>
    /// <exception cref="LocalDeploymentException">The service rejects the request or cannot be reached.</exception>
    public async Task<string?> CreateAsync(ResourceModel resource, CancellationToken cancellationToken)
    {
        try
        {
            switch (resource)
            {
                case StreamModel stream:
                    await CreateAsync(stream, cancellationToken);
                    return null;
                case TableModel table:
                    await CreateAsync(table, cancellationToken);
                    return null;
                case BucketModel bucket:
                    await CreateAsync(bucket, cancellationToken);
                    return null;
                case TopicModel topic:
                    return await CreateAsync(topic, cancellationToken);
                case SubscriptionModel subscription:
                    await SubscribeAsync(resource.LogicalId, subscription.TopicArn, subscription.Subscription, cancellationToken);
                    return null;
                case QueueModel queue:
                    return await CreateAsync(queue, cancellationToken);
                default:
                    return null;
            }
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new LocalDeploymentException($"{resource.LogicalId}: cannot be created: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _kinesis.Dispose();
        _dynamoDb.Dispose();
        _s3.Dispose();
        _sns.Dispose();
        _sqs.Dispose();
    }

    private async Task CreateAsync(StreamModel stream, CancellationToken cancellationToken)
    {
        if (stream.IsOnDemand)
        {
            unsupported.AddNote(stream.LogicalId, $"on-demand mode does not scale here; it has {stream.ShardCount} shards");
        }

        try
        {
            await _kinesis.CreateStreamAsync(
                new CreateStreamRequest { StreamName = stream.Name, ShardCount = stream.ShardCount }, cancellationToken);
        }
        catch (Amazon.Kinesis.Model.ResourceInUseException)
        {
            // It was kept from an earlier run.
        }

        var description = new StreamDescriptionSummary();
        await WaitAsync(stream.LogicalId, async () =>
        {
            var reply = await _kinesis.DescribeStreamSummaryAsync(
                new DescribeStreamSummaryRequest { StreamName = stream.Name }, cancellationToken);
            description = reply.StreamDescriptionSummary;
            return description.StreamStatus == StreamStatus.ACTIVE;
        }, cancellationToken);
        if (description.RetentionPeriodHours < stream.RetentionHours)
        {
            unsupported.AddNote(stream.LogicalId, $"retains records for {description.RetentionPeriodHours} hours here, regardless of RetentionPeriodHours");
        }

        if (description.OpenShardCount != stream.ShardCount)
        {
            unsupported.AddNote(stream.LogicalId, $"was kept from an earlier run with {description.OpenShardCount} shards, regardless of ShardCount");
        }
    }

    private async Task CreateAsync(TableModel table, CancellationToken cancellationToken)
    {
        try
        {
            await _dynamoDb.CreateTableAsync(Request(table), cancellationToken);
        }
        catch (Amazon.DynamoDBv2.Model.ResourceInUseException)
        {
            // It was kept from an earlier run.
        }

        await WaitAsync(table.LogicalId, async () =>
        {
            var reply = await _dynamoDb.DescribeTableAsync(table.Name, cancellationToken);
            return reply.Table.TableStatus == TableStatus.ACTIVE;
        }, cancellationToken);
        if (table.TimeToLiveAttribute is not null)
        {
            await EnableTimeToLiveAsync(table, cancellationToken);
        }
    }

    private async Task EnableTimeToLiveAsync(TableModel table, CancellationToken cancellationToken)
    {
        try
        {
            await _dynamoDb.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest
            {
                TableName = table.Name,
                TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = table.TimeToLiveAttribute, Enabled = true },
            }, cancellationToken);
        }
        catch (AmazonDynamoDBException e) when (e.ErrorCode is "UnknownOperationException")
        {
            unsupported.AddNote(table.LogicalId, "items do not expire here");
        }
        catch (AmazonDynamoDBException e) when (e.ErrorCode is "ValidationException")
        {
            // It was enabled by an earlier run.
        }
    }

    private static CreateTableRequest Request(TableModel table) => new()
    {
        TableName = table.Name,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions = [.. table.Attributes.Select(attribute => new AttributeDefinition(attribute.Key, attribute.Value))],
        KeySchema = Key(table.Key),
        GlobalSecondaryIndexes = table.GlobalIndexes.Count == 0 ? null :
        [
            .. table.GlobalIndexes.Select(index => new GlobalSecondaryIndex
            {
                IndexName = index.Name, KeySchema = Key(index.Key), Projection = Projection(index),
            }),
        ],
        LocalSecondaryIndexes = table.LocalIndexes.Count == 0 ? null :
        [
            .. table.LocalIndexes.Select(index => new LocalSecondaryIndex
            {
                IndexName = index.Name, KeySchema = Key(index.Key), Projection = Projection(index),
            }),
        ],
    };

    private static List<KeySchemaElement> Key(IReadOnlyList<TableKeyPart> key) =>
        [.. key.Select(part => new KeySchemaElement(part.Attribute, part.KeyType))];

    private static Projection Projection(TableIndexModel index) => new()
    {
        ProjectionType = index.ProjectionType,
        NonKeyAttributes = index.NonKeyAttributes.Count == 0 ? null : [.. index.NonKeyAttributes],
    };

    private async Task CreateAsync(BucketModel bucket, CancellationToken cancellationToken)
    {
        try
        {
            await _s3.PutBucketAsync(new PutBucketRequest { BucketName = bucket.Name }, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "BucketAlreadyOwnedByYou")
        {
            // It was kept from an earlier run.
        }
    }

    private async Task<string> CreateAsync(TopicModel topic, CancellationToken cancellationToken)
    {
        var reply = await _sns.CreateTopicAsync(
            new CreateTopicRequest { Name = topic.Name, Attributes = new(topic.Attributes) }, cancellationToken);
        foreach (var subscription in topic.Subscriptions)
        {
            await SubscribeAsync(topic.LogicalId, reply.TopicArn, subscription, cancellationToken);
        }

        return reply.TopicArn;
    }

    private async Task SubscribeAsync(
        string logicalId, string topicArn, TopicSubscription subscription, CancellationToken cancellationToken)
    {
        if (subscription.Protocol != "sqs")
        {
            unsupported.AddNote(logicalId, $"does not send to {subscription.Protocol} subscriptions here");
        }

        await _sns.SubscribeAsync(new SubscribeRequest
        {
            TopicArn = topicArn,
            Protocol = subscription.Protocol,
            Endpoint = subscription.Endpoint,
            Attributes = new(subscription.Attributes),
        }, cancellationToken);
    }

    private async Task<string> CreateAsync(QueueModel queue, CancellationToken cancellationToken)
    {
        var reply = await _sqs.CreateQueueAsync(
            new CreateQueueRequest { QueueName = queue.Name, Attributes = new(queue.Attributes) }, cancellationToken);
        return reply.QueueUrl;
    }

    private static async Task WaitAsync(string logicalId, Func<Task<bool>> isReady, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        try
        {
            while (!await isReady())
            {
                await Task.Delay(Poll, timeout.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalDeploymentException($"{logicalId}: is not ready after {Patience.TotalSeconds} s");
        }
    }
}
