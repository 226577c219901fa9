using Amazon.Kinesis.Internal;
using Amazon.Kinesis.Model;
using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Kinesis;

/// <summary>Amazon Kinesis Data Streams, over HTTPS with Signature Version 4. Safe for concurrent use.</summary>
public class AmazonKinesisClient : AmazonServiceClient, IAmazonKinesis
{
    internal const string ServiceId = "Kinesis";

    private static readonly ServiceMetadata Metadata = new(ServiceId);

    /// <summary>A client with the credentials, region and endpoint of the environment.</summary>
    public AmazonKinesisClient()
        : this(new AmazonKinesisConfig())
    {
    }

    /// <summary>A client for a region, with the credentials of the environment.</summary>
    public AmazonKinesisClient(RegionEndpoint region)
        : this(new AmazonKinesisConfig { RegionEndpoint = region })
    {
    }

    /// <summary>A client with the credentials of the environment.</summary>
    public AmazonKinesisClient(AmazonKinesisConfig config)
        : base(config)
    {
    }

    /// <summary>A client with the region and endpoint of the environment.</summary>
    public AmazonKinesisClient(AWSCredentials credentials)
        : this(credentials, new AmazonKinesisConfig())
    {
    }

    /// <summary>A client for a region.</summary>
    public AmazonKinesisClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonKinesisConfig { RegionEndpoint = region })
    {
    }

    /// <summary>A client with explicit credentials and configuration.</summary>
    public AmazonKinesisClient(AWSCredentials credentials, AmazonKinesisConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata => Metadata;

    /// <inheritdoc/>
    public virtual Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateStreamResponse>(request, Operations.CreateStream, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DeleteStreamResponse> DeleteStreamAsync(DeleteStreamRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DeleteStreamResponse>(request, Operations.DeleteStream, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeStreamResponse> DescribeStreamAsync(DescribeStreamRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeStreamResponse>(request, Operations.DescribeStream, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeStreamSummaryResponse>(request, Operations.DescribeStreamSummary, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetRecordsResponse>(request, Operations.GetRecords, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetShardIteratorResponse>(request, Operations.GetShardIterator, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListShardsResponse>(request, Operations.ListShards, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ListStreamsResponse> ListStreamsAsync(ListStreamsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListStreamsResponse>(request, Operations.ListStreams, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<MergeShardsResponse> MergeShardsAsync(MergeShardsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<MergeShardsResponse>(request, Operations.MergeShards, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<PutRecordResponse> PutRecordAsync(PutRecordRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutRecordResponse>(request, Operations.PutRecord, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutRecordsResponse>(request, Operations.PutRecords, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<SplitShardResponse> SplitShardAsync(SplitShardRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SplitShardResponse>(request, Operations.SplitShard, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<UpdateShardCountResponse> UpdateShardCountAsync(UpdateShardCountRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateShardCountResponse>(request, Operations.UpdateShardCount, cancellationToken);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServiceDefaults.Customize(pipeline);
}
