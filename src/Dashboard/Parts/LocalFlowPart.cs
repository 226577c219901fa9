using System.Globalization;
using System.Numerics;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;
using Analytics.Local.Deployment;
using Analytics.Local.Template;

namespace Analytics.Dashboard.Parts;

/// <summary>The data flow, the functions and the shards of the pipeline on this machine.</summary>
/// <param name="deployment">The pipeline.</param>
/// <param name="kinesis">The Kinesis client.</param>
/// <param name="stream">The pipeline's stream, or null if there is none.</param>
/// <param name="sent">Returns the number of events sent by the page's producer.</param>
/// <param name="clock">The clock for rates.</param>
internal sealed class LocalFlowPart(LocalDeployment deployment, IAmazonKinesis kinesis, StackResource? stream, Func<long> sent, TimeProvider clock) : IDashboardPart
{
    /// <summary>The number of seconds in <see cref="ThroughputEntry"/>.</summary>
    public const int Seconds = 180;

    private const string Producers = "producers";
    private static readonly TimeSpan ShardsPeriod = TimeSpan.FromSeconds(2);
    private static readonly BigInteger HashKeys = BigInteger.Pow(2, 128);

    private readonly Dictionary<string, RateMeter> _meters = new(StringComparer.Ordinal);
    private readonly SecondsHistory _in = new(Seconds);
    private readonly SecondsHistory _done = new(Seconds);
    private readonly long _started = clock.GetTimestamp();
    private List<Shard> _shards = [];
    private TimeSpan? _shardsAt;

    /// <inheritdoc/>
    public string Name => "Data flow";

    /// <inheritdoc/>
    public TimeSpan Period { get; } = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public bool Owns(string key) =>
        key == "throughput" || Array.Exists(["node/", "edge/", "function/", "shard/"], prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    /// <inheritdoc/>
    public async Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken)
    {
        var at = clock.GetElapsedTime(_started);
        await ListShardsAsync(at, cancellationToken);
        var entries = new DashboardEntries();
        var mappings = stream is null ? [] : deployment.Mappings.Where(mapping => mapping.StreamArn == stream.Attributes.GetValueOrDefault("Arn")).ToList();
        AddFunctions(entries, mappings, at);
        if (stream is not null)
        {
            AddStream(entries, stream, mappings, at);
            AddShards(entries, mappings, at);
        }

        return entries;
    }

    private async Task ListShardsAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        if (stream is null || at - _shardsAt < ShardsPeriod)
        {
            return;
        }

        _shards = await StreamShards.ListAsync(kinesis, stream.PhysicalId, cancellationToken);
        _shardsAt = at;
    }

    private void AddFunctions(DashboardEntries entries, List<LocalMapping> mappings, TimeSpan at)
    {
        var targets = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var function in deployment.Functions)
        {
            var id = function.LogicalId;
            var shards = mappings.Where(mapping => mapping.FunctionId == id).SelectMany(mapping => mapping.Shards).ToList();
            var age = shards.Where(shard => shard.Waiting + shard.InFlight > 0).Select(shard => shard.Statistics.IteratorAge.TotalMilliseconds).DefaultIfEmpty().Max();
            var failing = shards.Select(shard => shard.FailedAttempts).DefaultIfEmpty().Max();
            var statistics = function.Statistics;
            entries.Add($"function/{id}", new FunctionEntry
            {
                MemoryMb = statistics.MaxMemoryUsed,
                Invocations = statistics.Invocations,
                Errors = statistics.Errors,
                Throttles = statistics.Throttles,
                ColdStarts = statistics.ColdStarts,
                InFlight = function.InFlight,
                DurationMs = statistics.Invocations == 0 ? 0 : Math.Round(statistics.Duration.TotalMilliseconds / statistics.Invocations, 1),
                Records = function.Records,
                Rate = Rate($"function/{id}", at, function.Records),
                Retried = shards.Sum(shard => shard.Statistics.FailedInvokeEventCount),
                Waiting = shards.Sum(shard => shard.Waiting),
                AgeMs = Math.Round(age),
                HasLog = true,
            });
            entries.Add($"node/{id}", new NodeEntry(
                "function",
                id,
                function.BatchSize > 0 ? $"{Number(function.Records)} records" : $"{Number(statistics.Invocations)} runs",
                failing > 0 ? "failing" : function.InFlight > 0 ? "busy" : "ok"));
            foreach (var target in function.Uses)
            {
                AddTarget(entries, targets, function, target, at);
            }

            var delivered = shards.Sum(shard => shard.Statistics.OnFailureDestinationDeliveredEventCount);
            if (mappings.Find(mapping => mapping.FunctionId == id)?.OnFailureArn is { } arn && Find(arn) is { } queue)
            {
                targets.Add(queue.LogicalId);
                entries.Add($"edge/{id}>{queue.LogicalId}", new EdgeEntry(id, queue.LogicalId, Rate($"failed/{id}", at, delivered), delivered, "failed"));
            }
        }

        foreach (var target in targets)
        {
            var resource = deployment.Resources[target];
            entries.Add($"node/{target}", new NodeEntry(GetKind(resource)!, target, GetService(resource)!.Value.Title, "ok"));
        }
    }

    private void AddTarget(DashboardEntries entries, SortedSet<string> targets, LocalFunction function, string target, TimeSpan at)
    {
        if (!deployment.Resources.TryGet(target, out var resource) || GetService(resource) is not { } service || resource.LogicalId == stream?.LogicalId)
        {
            return;
        }

        targets.Add(target);
        var calls = function.AwsCalls.Where(call => call.Key.StartsWith(service.Prefix, StringComparison.Ordinal)).Sum(call => call.Value);
        entries.Add($"edge/{function.LogicalId}>{target}", new EdgeEntry(
            function.LogicalId, target, Rate($"calls/{function.LogicalId}>{target}", at, calls), calls, "calls"));
    }

    private void AddStream(DashboardEntries entries, StackResource resource, List<LocalMapping> mappings, TimeSpan at)
    {
        var polled = mappings.Select(mapping => mapping.Shards.Sum(shard => shard.Statistics.PolledEventCount)).DefaultIfEmpty().Max();
        var open = _shards.Count(shard => shard.SequenceNumberRange.EndingSequenceNumber is null);
        entries.Add($"node/{resource.LogicalId}", new NodeEntry("stream", resource.LogicalId, open == 1 ? "1 shard" : $"{open} shards", "ok"));
        entries.Add($"node/{Producers}", new NodeEntry("producer", "Producers", $"{Number(sent())} sent here", "ok"));
        entries.Add($"edge/{Producers}>{resource.LogicalId}", new EdgeEntry(Producers, resource.LogicalId, Rate("in", at, polled), polled, "records"));
        foreach (var mapping in mappings)
        {
            var records = mapping.Shards.Sum(shard => shard.Statistics.Records);
            entries.Add($"edge/{resource.LogicalId}>{mapping.FunctionId}", new EdgeEntry(
                resource.LogicalId, mapping.FunctionId, Rate($"mapping/{mapping.FunctionId}", at, records), records, "records"));
        }

        var done = mappings.Select(mapping => mapping.Shards.Sum(shard => shard.Statistics.Records)).DefaultIfEmpty().Min();
        var second = clock.GetUtcNow().ToUnixTimeSeconds();
        _in.Add(second, polled);
        _done.Add(second, done);
        entries.Add("throughput", new ThroughputEntry(second, _in.Rates, _done.Rates));
    }

    private void AddShards(DashboardEntries entries, List<LocalMapping> mappings, TimeSpan at)
    {
        var progress = mappings.SelectMany(mapping => mapping.Shards).ToLookup(shard => shard.ShardId, StringComparer.Ordinal);
        foreach (var shard in _shards)
        {
            var readers = progress[shard.ShardId].ToList();
            var isOpen = shard.SequenceNumberRange.EndingSequenceNumber is null;
            if (!isOpen && readers.TrueForAll(reader => reader.IsFinished))
            {
                continue;
            }

            var polled = readers.Select(reader => reader.Statistics.PolledEventCount).DefaultIfEmpty().Max();
            entries.Add($"shard/{shard.ShardId}", new ShardEntry(
                isOpen,
                Share(shard.HashKeyRange.StartingHashKey),
                Share(shard.HashKeyRange.EndingHashKey),
                Rate($"shard/{shard.ShardId}", at, polled),
                readers.Sum(reader => reader.Waiting),
                readers.Sum(reader => reader.InFlight),
                readers.Select(reader => reader.FailedAttempts).DefaultIfEmpty().Max(),
                Math.Round(readers.Where(reader => reader.Waiting + reader.InFlight > 0).Select(reader => reader.Statistics.IteratorAge.TotalMilliseconds).DefaultIfEmpty().Max())));
        }
    }

    private double Rate(string meter, TimeSpan at, double total)
    {
        if (!_meters.TryGetValue(meter, out var found))
        {
            _meters[meter] = found = new RateMeter();
        }

        return found.Add(at, total);
    }

    private StackResource? Find(string arn) => deployment.Resources.All.FirstOrDefault(resource => resource.Attributes.GetValueOrDefault("Arn") == arn);

    private static string? GetKind(StackResource resource) => GetService(resource)?.Kind;

    private static (string Kind, string Prefix, string Title)? GetService(StackResource resource) => resource.Type switch
    {
        "AWS::S3::Bucket" => ("bucket", "s3:", "S3 bucket"),
        "AWS::DynamoDB::Table" => ("table", "dynamodb:", "DynamoDB table"),
        "AWS::SNS::Topic" => ("topic", "sns:", "SNS topic"),
        "AWS::SQS::Queue" => ("queue", "sqs:", "SQS queue"),
        "AWS::Kinesis::Stream" => ("stream", "kinesis:", "Kinesis stream"),
        _ => null,
    };

    /// <summary>Returns a hash key as a fraction of the whole range.</summary>
    internal static double Share(string hashKey) =>
        Math.Round(Math.Exp(BigInteger.Log(BigInteger.Parse(hashKey, CultureInfo.InvariantCulture) + 1) - BigInteger.Log(HashKeys)), 4);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
