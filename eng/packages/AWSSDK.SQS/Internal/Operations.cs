using System.Text.Json;
using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>SQS's operations with their requests and responses, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference.</summary>
internal static class Operations
{
    private static readonly JsonProtocol Protocol = new("Amazon.SQS", "AmazonSQS", "1.0", ToException);

    public static readonly InvokeOptions ChangeMessageVisibility =
        Protocol.Operation<ChangeMessageVisibilityRequest, ChangeMessageVisibilityResponse>(
            "ChangeMessageVisibility",
            static (json, request) =>
            {
                json.Text("QueueUrl", request.QueueUrl);
                json.Text("ReceiptHandle", request.ReceiptHandle);
                json.Number("VisibilityTimeout", request.VisibilityTimeout);
            });

    public static readonly InvokeOptions CreateQueue = Protocol.Operation<CreateQueueRequest, CreateQueueResponse>(
        "CreateQueue",
        static (json, request) =>
        {
            json.Text("QueueName", request.QueueName);
            json.Map("Attributes", request.Attributes);
            json.Map("tags", request.Tags);
        },
        static json => new CreateQueueResponse { QueueUrl = json.Text("QueueUrl"u8)! });

    public static readonly InvokeOptions DeleteMessage = Protocol.Operation<DeleteMessageRequest, DeleteMessageResponse>(
        "DeleteMessage",
        static (json, request) =>
        {
            json.Text("QueueUrl", request.QueueUrl);
            json.Text("ReceiptHandle", request.ReceiptHandle);
        });

    public static readonly InvokeOptions DeleteMessageBatch = Protocol.Operation<DeleteMessageBatchRequest, DeleteMessageBatchResponse>(
        "DeleteMessageBatch",
        static (json, request) =>
        {
            json.Text("QueueUrl", request.QueueUrl);
            json.Objects("Entries", request.Entries, static (json, entry) =>
            {
                json.Text("Id", entry.Id);
                json.Text("ReceiptHandle", entry.ReceiptHandle);
            });
        },
        static json => new DeleteMessageBatchResponse
        {
            Successful = json.Objects("Successful"u8, static entry => new DeleteMessageBatchResultEntry { Id = entry.Text("Id"u8)! }),
            Failed = json.Objects("Failed"u8, ReadFailure),
        });

    public static readonly InvokeOptions GetQueueAttributes = Protocol.Operation<GetQueueAttributesRequest, GetQueueAttributesResponse>(
        "GetQueueAttributes",
        static (json, request) =>
        {
            json.Text("QueueUrl", request.QueueUrl);
            json.Texts("AttributeNames", request.AttributeNames);
        },
        static json => new GetQueueAttributesResponse { Attributes = json.Map("Attributes"u8, static value => value.GetString()!) });

    public static readonly InvokeOptions GetQueueUrl = Protocol.Operation<GetQueueUrlRequest, GetQueueUrlResponse>(
        "GetQueueUrl",
        static (json, request) =>
        {
            json.Text("QueueName", request.QueueName);
            json.Text("QueueOwnerAWSAccountId", request.QueueOwnerAWSAccountId);
        },
        static json => new GetQueueUrlResponse { QueueUrl = json.Text("QueueUrl"u8)! });

    public static readonly InvokeOptions ListQueues = Protocol.Operation<ListQueuesRequest, ListQueuesResponse>(
        "ListQueues",
        static (json, request) =>
        {
            json.Text("QueueNamePrefix", request.QueueNamePrefix);
            json.Number("MaxResults", request.MaxResults);
            json.Text("NextToken", request.NextToken);
        },
        static json => new ListQueuesResponse { QueueUrls = json.Texts("QueueUrls"u8), NextToken = json.Text("NextToken"u8) });

    public static readonly InvokeOptions PurgeQueue = Protocol.Operation<PurgeQueueRequest, PurgeQueueResponse>(
        "PurgeQueue",
        static (json, request) => json.Text("QueueUrl", request.QueueUrl));

    public static readonly InvokeOptions ReceiveMessage = Protocol.Operation<ReceiveMessageRequest, ReceiveMessageResponse>(
        "ReceiveMessage",
        static (json, request) =>
        {
            json.Text("QueueUrl", request.QueueUrl);
            json.Number("MaxNumberOfMessages", request.MaxNumberOfMessages);
            json.Number("WaitTimeSeconds", request.WaitTimeSeconds);
            json.Number("VisibilityTimeout", request.VisibilityTimeout);
            json.Texts("MessageAttributeNames", request.MessageAttributeNames);
            json.Texts("MessageSystemAttributeNames", request.MessageSystemAttributeNames);
            json.Text("ReceiveRequestAttemptId", request.ReceiveRequestAttemptId);
        },
        static json => new ReceiveMessageResponse { Messages = json.Objects("Messages"u8, ReadMessage) });

    public static readonly InvokeOptions SendMessage = Protocol.Operation<SendMessageRequest, SendMessageResponse>(
        "SendMessage",
        static (json, request) =>
        {
            json.Text("QueueUrl", request.QueueUrl);
            json.Text("MessageBody", request.MessageBody);
            json.Number("DelaySeconds", request.DelaySeconds);
            json.Map("MessageAttributes", request.MessageAttributes, WriteAttribute);
            json.Text("MessageGroupId", request.MessageGroupId);
            json.Text("MessageDeduplicationId", request.MessageDeduplicationId);
        },
        static json => new SendMessageResponse
        {
            MessageId = json.Text("MessageId"u8)!,
            MD5OfMessageBody = json.Text("MD5OfMessageBody"u8),
            SequenceNumber = json.Text("SequenceNumber"u8),
        });

    public static readonly InvokeOptions SendMessageBatch = Protocol.Operation<SendMessageBatchRequest, SendMessageBatchResponse>(
        "SendMessageBatch",
        static (json, request) =>
        {
            json.Text("QueueUrl", request.QueueUrl);
            json.Objects("Entries", request.Entries, static (json, entry) =>
            {
                json.Text("Id", entry.Id);
                json.Text("MessageBody", entry.MessageBody);
                json.Number("DelaySeconds", entry.DelaySeconds);
                json.Map("MessageAttributes", entry.MessageAttributes, WriteAttribute);
                json.Text("MessageGroupId", entry.MessageGroupId);
                json.Text("MessageDeduplicationId", entry.MessageDeduplicationId);
            });
        },
        static json => new SendMessageBatchResponse
        {
            Successful = json.Objects("Successful"u8, static entry => new SendMessageBatchResultEntry
            {
                Id = entry.Text("Id"u8)!,
                MessageId = entry.Text("MessageId"u8)!,
                MD5OfMessageBody = entry.Text("MD5OfMessageBody"u8),
                SequenceNumber = entry.Text("SequenceNumber"u8),
            }),
            Failed = json.Objects("Failed"u8, ReadFailure),
        });

    public static readonly InvokeOptions SetQueueAttributes = Protocol.Operation<SetQueueAttributesRequest, SetQueueAttributesResponse>(
        "SetQueueAttributes",
        static (json, request) =>
        {
            json.Text("QueueUrl", request.QueueUrl);
            json.Map("Attributes", request.Attributes);
        });

    private static void WriteAttribute(Utf8JsonWriter json, MessageAttributeValue attribute)
    {
        json.Text("DataType", attribute.DataType);
        json.Text("StringValue", attribute.StringValue);
        json.Bytes("BinaryValue", attribute.BinaryValue);
    }

    private static Message ReadMessage(JsonElement json) => new()
    {
        MessageId = json.Text("MessageId"u8)!,
        ReceiptHandle = json.Text("ReceiptHandle"u8)!,
        Body = json.Text("Body"u8)!,
        MD5OfBody = json.Text("MD5OfBody"u8),
        Attributes = json.Map("Attributes"u8, static value => value.GetString()!),
        MessageAttributes = json.Map("MessageAttributes"u8, static value => new MessageAttributeValue
        {
            DataType = value.Text("DataType"u8)!,
            StringValue = value.Text("StringValue"u8),
            BinaryValue = value.Bytes("BinaryValue"u8),
        }),
    };

    private static BatchResultErrorEntry ReadFailure(JsonElement json) => new()
    {
        Id = json.Text("Id"u8)!,
        Code = json.Text("Code"u8)!,
        Message = json.Text("Message"u8),
        SenderFault = json.Flag("SenderFault"u8),
    };

    /// <summary>By the name of the error's shape, or by its old code of the Query protocol.</summary>
    private static AmazonServiceException ToException(ErrorResponse e) => e.Code switch
    {
        "BatchEntryIdsNotDistinct" or "AWS.SimpleQueueService.BatchEntryIdsNotDistinct" =>
            new BatchEntryIdsNotDistinctException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "BatchRequestTooLong" or "AWS.SimpleQueueService.BatchRequestTooLong" =>
            new BatchRequestTooLongException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "EmptyBatchRequest" or "AWS.SimpleQueueService.EmptyBatchRequest" =>
            new EmptyBatchRequestException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidBatchEntryId" or "AWS.SimpleQueueService.InvalidBatchEntryId" =>
            new InvalidBatchEntryIdException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "OverLimit" => new OverLimitException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "PurgeQueueInProgress" or "AWS.SimpleQueueService.PurgeQueueInProgress" =>
            new PurgeQueueInProgressException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue" =>
            new QueueDoesNotExistException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "QueueNameExists" or "QueueAlreadyExists" =>
            new QueueNameExistsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ReceiptHandleIsInvalid" => new ReceiptHandleIsInvalidException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "RequestThrottled" => new RequestThrottledException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "TooManyEntriesInBatchRequest" or "AWS.SimpleQueueService.TooManyEntriesInBatchRequest" =>
            new TooManyEntriesInBatchRequestException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        _ => new AmazonSQSException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
    };
}
