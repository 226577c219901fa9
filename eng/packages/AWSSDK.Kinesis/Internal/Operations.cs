using System.Text.Json;
using Amazon.Kinesis.Model;
using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Kinesis.Internal;

/// <summary>Kinesis' operations with their requests and responses, https://docs.aws.amazon.com/kinesis/latest/APIReference.</summary>
internal static class Operations
{
    private static readonly JsonProtocol Protocol = new("Amazon.Kinesis", "Kinesis_20131202", "1.1", ToException);

    public static readonly InvokeOptions CreateStream = Protocol.Operation<CreateStreamRequest, CreateStreamResponse>(
        "CreateStream",
        static (json, request) =>
        {
            json.Text("StreamName", request.StreamName);
            json.Number("ShardCount", request.ShardCount);
            json.Object("StreamModeDetails", request.StreamModeDetails, static (json, mode) => json.Text("StreamMode", mode.StreamMode));
        });

    public static readonly InvokeOptions DeleteStream = Protocol.Operation<DeleteStreamRequest, DeleteStreamResponse>(
        "DeleteStream",
        static (json, request) =>
        {
            WriteStream(json, request.StreamName, request.StreamARN);
            json.Flag("EnforceConsumerDeletion", request.EnforceConsumerDeletion);
        });

    public static readonly InvokeOptions DescribeStream = Protocol.Operation<DescribeStreamRequest, DescribeStreamResponse>(
        "DescribeStream",
        static (json, request) =>
        {
            WriteStream(json, request.StreamName, request.StreamARN);
            json.Text("ExclusiveStartShardId", request.ExclusiveStartShardId);
            json.Number("Limit", request.Limit);
        },
        static json => new DescribeStreamResponse { StreamDescription = json.Object("StreamDescription"u8, ReadDescription)! });

    public static readonly InvokeOptions DescribeStreamSummary = Protocol.Operation<DescribeStreamSummaryRequest, DescribeStreamSummaryResponse>(
        "DescribeStreamSummary",
        static (json, request) => WriteStream(json, request.StreamName, request.StreamARN),
        static json => new DescribeStreamSummaryResponse
        {
            StreamDescriptionSummary = json.Object("StreamDescriptionSummary"u8, ReadSummary)!,
        });

    public static readonly InvokeOptions GetRecords = Protocol.Operation<GetRecordsRequest, GetRecordsResponse>(
        "GetRecords",
        static (json, request) =>
        {
            json.Text("ShardIterator", request.ShardIterator);
            json.Number("Limit", request.Limit);
            json.Text("StreamARN", request.StreamARN);
        },
        static json => new GetRecordsResponse
        {
            Records = json.Objects("Records"u8, ReadRecord)!,
            NextShardIterator = json.Text("NextShardIterator"u8),
            MillisBehindLatest = json.Long("MillisBehindLatest"u8),
            ChildShards = json.Objects("ChildShards"u8, ReadChildShard),
        });

    public static readonly InvokeOptions GetShardIterator = Protocol.Operation<GetShardIteratorRequest, GetShardIteratorResponse>(
        "GetShardIterator",
        static (json, request) =>
        {
            WriteStream(json, request.StreamName, request.StreamARN);
            json.Text("ShardId", request.ShardId);
            json.Text("ShardIteratorType", request.ShardIteratorType);
            json.Text("StartingSequenceNumber", request.StartingSequenceNumber);
            json.Time("Timestamp", request.Timestamp);
        },
        static json => new GetShardIteratorResponse { ShardIterator = json.Text("ShardIterator"u8)! });

    public static readonly InvokeOptions ListShards = Protocol.Operation<ListShardsRequest, ListShardsResponse>(
        "ListShards",
        static (json, request) =>
        {
            WriteStream(json, request.StreamName, request.StreamARN);
            json.Text("NextToken", request.NextToken);
            json.Text("ExclusiveStartShardId", request.ExclusiveStartShardId);
            json.Number("MaxResults", request.MaxResults);
            json.Time("StreamCreationTimestamp", request.StreamCreationTimestamp);
            json.Object("ShardFilter", request.ShardFilter, static (json, filter) =>
            {
                json.Text("Type", filter.Type);
                json.Text("ShardId", filter.ShardId);
                json.Time("Timestamp", filter.Timestamp);
            });
        },
        static json => new ListShardsResponse
        {
            Shards = json.Objects("Shards"u8, ReadShard)!,
            NextToken = json.Text("NextToken"u8),
        });

    public static readonly InvokeOptions ListStreams = Protocol.Operation<ListStreamsRequest, ListStreamsResponse>(
        "ListStreams",
        static (json, request) =>
        {
            json.Text("NextToken", request.NextToken);
            json.Text("ExclusiveStartStreamName", request.ExclusiveStartStreamName);
            json.Number("Limit", request.Limit);
        },
        static json => new ListStreamsResponse
        {
            StreamNames = json.Texts("StreamNames"u8)!,
            HasMoreStreams = json.Flag("HasMoreStreams"u8),
            NextToken = json.Text("NextToken"u8),
        });

    public static readonly InvokeOptions MergeShards = Protocol.Operation<MergeShardsRequest, MergeShardsResponse>(
        "MergeShards",
        static (json, request) =>
        {
            WriteStream(json, request.StreamName, request.StreamARN);
            json.Text("ShardToMerge", request.ShardToMerge);
            json.Text("AdjacentShardToMerge", request.AdjacentShardToMerge);
        });

    public static readonly InvokeOptions PutRecord = Protocol.Operation<PutRecordRequest, PutRecordResponse>(
        "PutRecord",
        static (json, request) =>
        {
            WriteStream(json, request.StreamName, request.StreamARN);
            json.Bytes("Data", request.Data);
            json.Text("PartitionKey", request.PartitionKey);
            json.Text("ExplicitHashKey", request.ExplicitHashKey);
            json.Text("SequenceNumberForOrdering", request.SequenceNumberForOrdering);
        },
        static json => new PutRecordResponse
        {
            ShardId = json.Text("ShardId"u8)!,
            SequenceNumber = json.Text("SequenceNumber"u8)!,
            EncryptionType = ReadEncryption(json),
        });

    public static readonly InvokeOptions PutRecords = Protocol.Operation<PutRecordsRequest, PutRecordsResponse>(
        "PutRecords",
        static (json, request) =>
        {
            WriteStream(json, request.StreamName, request.StreamARN);
            json.Objects("Records", request.Records, static (json, record) =>
            {
                json.Bytes("Data", record.Data);
                json.Text("PartitionKey", record.PartitionKey);
                json.Text("ExplicitHashKey", record.ExplicitHashKey);
            });
        },
        static json => new PutRecordsResponse
        {
            FailedRecordCount = json.Integer("FailedRecordCount"u8),
            Records = json.Objects("Records"u8, ReadResult)!,
            EncryptionType = ReadEncryption(json),
        });

    public static readonly InvokeOptions SplitShard = Protocol.Operation<SplitShardRequest, SplitShardResponse>(
        "SplitShard",
        static (json, request) =>
        {
            WriteStream(json, request.StreamName, request.StreamARN);
            json.Text("ShardToSplit", request.ShardToSplit);
            json.Text("NewStartingHashKey", request.NewStartingHashKey);
        });

    public static readonly InvokeOptions UpdateShardCount = Protocol.Operation<UpdateShardCountRequest, UpdateShardCountResponse>(
        "UpdateShardCount",
        static (json, request) =>
        {
            WriteStream(json, request.StreamName, request.StreamARN);
            json.Number("TargetShardCount", request.TargetShardCount);
            json.Text("ScalingType", request.ScalingType);
        },
        static json => new UpdateShardCountResponse
        {
            StreamName = json.Text("StreamName"u8),
            StreamARN = json.Text("StreamARN"u8),
            CurrentShardCount = json.Integer("CurrentShardCount"u8),
            TargetShardCount = json.Integer("TargetShardCount"u8),
        });

    private static void WriteStream(Utf8JsonWriter json, string? name, string? arn)
    {
        json.Text("StreamName", name);
        json.Text("StreamARN", arn);
    }

    private static StreamDescription ReadDescription(JsonElement json) => new()
    {
        StreamName = json.Text("StreamName"u8)!,
        StreamARN = json.Text("StreamARN"u8)!,
        StreamStatus = json.Text("StreamStatus"u8)!,
        StreamCreationTimestamp = json.Time("StreamCreationTimestamp"u8),
        RetentionPeriodHours = json.Integer("RetentionPeriodHours"u8),
        EncryptionType = ReadEncryption(json),
        KeyId = json.Text("KeyId"u8),
        StreamModeDetails = json.Object("StreamModeDetails"u8, ReadMode),
        Shards = json.Objects("Shards"u8, ReadShard)!,
        HasMoreShards = json.Flag("HasMoreShards"u8),
    };

    private static StreamDescriptionSummary ReadSummary(JsonElement json) => new()
    {
        StreamName = json.Text("StreamName"u8)!,
        StreamARN = json.Text("StreamARN"u8)!,
        StreamStatus = json.Text("StreamStatus"u8)!,
        StreamCreationTimestamp = json.Time("StreamCreationTimestamp"u8),
        RetentionPeriodHours = json.Integer("RetentionPeriodHours"u8),
        EncryptionType = ReadEncryption(json),
        KeyId = json.Text("KeyId"u8),
        StreamModeDetails = json.Object("StreamModeDetails"u8, ReadMode),
        OpenShardCount = json.Integer("OpenShardCount"u8),
        ConsumerCount = json.Integer("ConsumerCount"u8),
    };

    private static StreamModeDetails ReadMode(JsonElement json) => new() { StreamMode = json.Text("StreamMode"u8)! };

    private static EncryptionType? ReadEncryption(JsonElement json) => json.Text("EncryptionType"u8) is { } type ? new EncryptionType(type) : null;

    private static Record ReadRecord(JsonElement json) => new()
    {
        ApproximateArrivalTimestamp = json.Time("ApproximateArrivalTimestamp"u8),
        Data = json.Bytes("Data"u8)!,
        EncryptionType = json.Text("EncryptionType"u8)!,
        PartitionKey = json.Text("PartitionKey"u8)!,
        SequenceNumber = json.Text("SequenceNumber"u8)!,
    };

    private static PutRecordsResultEntry ReadResult(JsonElement json) => new()
    {
        ShardId = json.Text("ShardId"u8),
        SequenceNumber = json.Text("SequenceNumber"u8),
        ErrorCode = json.Text("ErrorCode"u8),
        ErrorMessage = json.Text("ErrorMessage"u8),
    };

    private static ChildShard ReadChildShard(JsonElement json) => new()
    {
        ShardId = json.Text("ShardId"u8)!,
        ParentShards = json.Texts("ParentShards"u8)!,
        HashKeyRange = json.Object("HashKeyRange"u8, ReadHashKeyRange)!,
    };

    private static Shard ReadShard(JsonElement json) => new()
    {
        ShardId = json.Text("ShardId"u8)!,
        ParentShardId = json.Text("ParentShardId"u8),
        AdjacentParentShardId = json.Text("AdjacentParentShardId"u8),
        HashKeyRange = json.Object("HashKeyRange"u8, ReadHashKeyRange)!,
        SequenceNumberRange = json.Object("SequenceNumberRange"u8, static range => new SequenceNumberRange
        {
            StartingSequenceNumber = range.Text("StartingSequenceNumber"u8)!,
            EndingSequenceNumber = range.Text("EndingSequenceNumber"u8),
        })!,
    };

    private static HashKeyRange ReadHashKeyRange(JsonElement json) => new()
    {
        StartingHashKey = json.Text("StartingHashKey"u8)!,
        EndingHashKey = json.Text("EndingHashKey"u8)!,
    };

    private static AmazonServiceException ToException(ErrorResponse e) => e.Code switch
    {
        "AccessDeniedException" => new AccessDeniedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ExpiredIteratorException" => new ExpiredIteratorException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ExpiredNextTokenException" => new ExpiredNextTokenException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InternalFailureException" => new InternalFailureException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidArgumentException" => new InvalidArgumentException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "KMSAccessDeniedException" => new KMSAccessDeniedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "KMSThrottlingException" => new KMSThrottlingException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "LimitExceededException" => new LimitExceededException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ProvisionedThroughputExceededException" =>
            new ProvisionedThroughputExceededException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ResourceInUseException" => new ResourceInUseException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ResourceNotFoundException" => new ResourceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        _ => new AmazonKinesisException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
    };
}
