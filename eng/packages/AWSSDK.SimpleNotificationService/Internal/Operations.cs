using System.Xml.Linq;
using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>SNS's operations with their requests and responses, https://docs.aws.amazon.com/sns/latest/api.</summary>
internal static class Operations
{
    private static readonly QueryProtocol Protocol = new("Amazon.SimpleNotificationService", "2010-03-31", ToException);

    public static readonly InvokeOptions CreateTopic = Protocol.Operation<CreateTopicRequest, CreateTopicResponse>(
        "CreateTopic",
        static (query, request) =>
        {
            query.Text("Name", request.Name);
            query.Map("Attributes", request.Attributes, Query.Text);
            query.Objects("Tags", request.Tags, static (query, name, tag) =>
            {
                query.Text($"{name}.Key", tag.Key);
                query.Text($"{name}.Value", tag.Value);
            });
        },
        static xml => new CreateTopicResponse { TopicArn = xml.Text("TopicArn")! });

    public static readonly InvokeOptions ListSubscriptionsByTopic =
        Protocol.Operation<ListSubscriptionsByTopicRequest, ListSubscriptionsByTopicResponse>(
            "ListSubscriptionsByTopic",
            static (query, request) =>
            {
                query.Text("TopicArn", request.TopicArn);
                query.Text("NextToken", request.NextToken);
            },
            static xml => new ListSubscriptionsByTopicResponse
            {
                Subscriptions = xml.Objects("Subscriptions", ReadSubscription)!,
                NextToken = xml.Text("NextToken"),
            });

    public static readonly InvokeOptions ListTopics = Protocol.Operation<ListTopicsRequest, ListTopicsResponse>(
        "ListTopics",
        static (query, request) => query.Text("NextToken", request.NextToken),
        static xml => new ListTopicsResponse
        {
            Topics = xml.Objects("Topics", static topic => new Topic { TopicArn = topic.Text("TopicArn")! })!,
            NextToken = xml.Text("NextToken"),
        });

    public static readonly InvokeOptions Publish = Protocol.Operation<PublishRequest, PublishResponse>(
        "Publish",
        static (query, request) =>
        {
            query.Text("TopicArn", request.TopicArn);
            query.Text("TargetArn", request.TargetArn);
            query.Text("Message", request.Message);
            query.Text("Subject", request.Subject);
            query.Text("MessageStructure", request.MessageStructure);
            query.Text("MessageGroupId", request.MessageGroupId);
            query.Text("MessageDeduplicationId", request.MessageDeduplicationId);
            WriteAttributes(query, "MessageAttributes", request.MessageAttributes);
        },
        static xml => new PublishResponse { MessageId = xml.Text("MessageId")!, SequenceNumber = xml.Text("SequenceNumber") });

    public static readonly InvokeOptions PublishBatch = Protocol.Operation<PublishBatchRequest, PublishBatchResponse>(
        "PublishBatch",
        static (query, request) =>
        {
            query.Text("TopicArn", request.TopicArn);
            query.Objects("PublishBatchRequestEntries", request.PublishBatchRequestEntries, static (query, name, entry) =>
            {
                query.Text($"{name}.Id", entry.Id);
                query.Text($"{name}.Message", entry.Message);
                query.Text($"{name}.Subject", entry.Subject);
                query.Text($"{name}.MessageStructure", entry.MessageStructure);
                query.Text($"{name}.MessageGroupId", entry.MessageGroupId);
                query.Text($"{name}.MessageDeduplicationId", entry.MessageDeduplicationId);
                WriteAttributes(query, $"{name}.MessageAttributes", entry.MessageAttributes);
            });
        },
        static xml => new PublishBatchResponse
        {
            Successful = xml.Objects("Successful", static entry => new PublishBatchResultEntry
            {
                Id = entry.Text("Id")!,
                MessageId = entry.Text("MessageId")!,
                SequenceNumber = entry.Text("SequenceNumber"),
            }),
            Failed = xml.Objects("Failed", static entry => new BatchResultErrorEntry
            {
                Id = entry.Text("Id")!,
                Code = entry.Text("Code")!,
                Message = entry.Text("Message"),
                SenderFault = entry.Flag("SenderFault"),
            }),
        });

    public static readonly InvokeOptions SetSubscriptionAttributes =
        Protocol.Operation<SetSubscriptionAttributesRequest, SetSubscriptionAttributesResponse>(
            "SetSubscriptionAttributes",
            static (query, request) =>
            {
                query.Text("SubscriptionArn", request.SubscriptionArn);
                query.Text("AttributeName", request.AttributeName);
                query.Text("AttributeValue", request.AttributeValue);
            },
            static _ => new SetSubscriptionAttributesResponse());

    public static readonly InvokeOptions Subscribe = Protocol.Operation<SubscribeRequest, SubscribeResponse>(
        "Subscribe",
        static (query, request) =>
        {
            query.Text("TopicArn", request.TopicArn);
            query.Text("Protocol", request.Protocol);
            query.Text("Endpoint", request.Endpoint);
            query.Map("Attributes", request.Attributes, Query.Text);
            query.Flag("ReturnSubscriptionArn", request.ReturnSubscriptionArn);
        },
        static xml => new SubscribeResponse { SubscriptionArn = xml.Text("SubscriptionArn")! });

    public static readonly InvokeOptions Unsubscribe = Protocol.Operation<UnsubscribeRequest, UnsubscribeResponse>(
        "Unsubscribe",
        static (query, request) => query.Text("SubscriptionArn", request.SubscriptionArn),
        static _ => new UnsubscribeResponse());

    private static void WriteAttributes(ParameterCollection query, string name, Dictionary<string, MessageAttributeValue>? attributes) =>
        query.Map(
            name,
            attributes,
            static (query, value, attribute) =>
            {
                query.Text($"{value}.DataType", attribute.DataType);
                query.Text($"{value}.StringValue", attribute.StringValue);
                query.Bytes($"{value}.BinaryValue", attribute.BinaryValue);
            },
            "Name",
            "Value");

    private static Subscription ReadSubscription(XElement xml) => new()
    {
        SubscriptionArn = xml.Text("SubscriptionArn")!,
        Owner = xml.Text("Owner"),
        Protocol = xml.Text("Protocol")!,
        Endpoint = xml.Text("Endpoint")!,
        TopicArn = xml.Text("TopicArn")!,
    };

    private static AmazonServiceException ToException(ErrorResponse e) => e.Code switch
    {
        "AuthorizationError" => new AuthorizationErrorException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "BatchEntryIdsNotDistinct" => new BatchEntryIdsNotDistinctException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "BatchRequestTooLong" => new BatchRequestTooLongException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "EmptyBatchRequest" => new EmptyBatchRequestException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InternalError" => new InternalErrorException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidBatchEntryId" => new InvalidBatchEntryIdException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidParameter" => new InvalidParameterException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "NotFound" => new NotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "SubscriptionLimitExceeded" => new SubscriptionLimitExceededException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "Throttled" => new ThrottledException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "TooManyEntriesInBatchRequest" =>
            new TooManyEntriesInBatchRequestException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "TopicLimitExceeded" => new TopicLimitExceededException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        _ => new AmazonSimpleNotificationServiceException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
    };
}
