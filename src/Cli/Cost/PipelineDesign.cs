using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;
using Analytics.Local.Scheduling;
using Analytics.Local.Template;
using Analytics.Streaming;

namespace Analytics.Cli.Cost;

/// <summary>The properties of the template that determine cost.</summary>
internal sealed record PipelineDesign
{
    /// <summary>Shards of the stream; for an on-demand stream, as many as the load needs.</summary>
    public required int Shards { get; init; }

    /// <summary>Whether the stream is on-demand: scaled by AWS and billed by data.</summary>
    public bool IsOnDemand { get; init; }

    /// <summary>Retention of the stream in hours.</summary>
    public int RetentionHours { get; init; } = 24;

    /// <summary>Number of metrics that each shard publishes.</summary>
    public int ShardLevelMetrics { get; init; }

    /// <summary>The functions that read the stream.</summary>
    public required IReadOnlyList<StreamFunction> Functions { get; init; }

    /// <summary>The scheduled functions that are counted.</summary>
    public IReadOnlyList<ScheduledFunction> ScheduledFunctions { get; init; } = [];

    /// <summary>Retention of processed events in days.</summary>
    public int ResultsRetentionDays { get; init; }

    /// <summary>Whether tables have point-in-time recovery.</summary>
    public bool HasPointInTimeRecovery { get; init; }

    /// <summary>Number of Firehose delivery streams that read the stream.</summary>
    public int DeliveryStreams { get; init; }

    /// <summary>Number of metrics that alarms watch. Each is billed, even if one alarm watches several.</summary>
    public int AlarmMetrics { get; init; }

    /// <summary>Number of composite alarms.</summary>
    public int CompositeAlarms { get; init; }

    /// <summary>Number of dashboards.</summary>
    public int Dashboards { get; init; }

    /// <summary>Number of KMS keys that the stack creates.</summary>
    public int Keys { get; init; }

    /// <summary>Billed resources of the template that the estimate does not include.</summary>
    public IReadOnlyList<string> NotCounted { get; init; } = [];

    /// <summary>Readers that share a shard's 2 MB a second.</summary>
    public int SharedReaders => Functions.Count(function => !function.HasFanOut) + DeliveryStreams;

    /// <summary>Reads a template.</summary>
    /// <param name="outline">The template with its parameters.</param>
    /// <exception cref="UserException">The template has no stream.</exception>
    public static PipelineDesign From(StackOutline outline)
    {
        var stream = outline.OfType("AWS::Kinesis::Stream").FirstOrDefault(stream => stream.LogicalId == ResourceNames.Stream)
            ?? throw new UserException($"the template has no stream {ResourceNames.Stream}, so there is no cost to estimate.");
        var results = outline.Resources.FirstOrDefault(one => one.LogicalId == ResourceNames.ResultsFunction);
        return new PipelineDesign
        {
            Shards = stream.Integer("ShardCount") ?? 1,
            IsOnDemand = stream.Text("StreamModeDetails", "StreamMode") == "ON_DEMAND",
            RetentionHours = stream.Integer("RetentionPeriodHours") ?? 24,
            ShardLevelMetrics = stream.List("DesiredShardLevelMetrics").Count,
            Functions = [.. GetFunctions(outline)],
            ScheduledFunctions = [.. GetScheduled(outline).Where(IsCounted)],
            ResultsRetentionDays = results?.Integer("Environment", "Variables", "RESULTS_RETENTION_DAYS") ?? 30,
            HasPointInTimeRecovery = outline.OfType("AWS::DynamoDB::Table")
                .Any(table => table.Text("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") == "true"),
            DeliveryStreams = outline.Count("AWS::KinesisFirehose::DeliveryStream"),
            AlarmMetrics = outline.OfType("AWS::CloudWatch::Alarm").Sum(alarm => Math.Max(1, alarm.CountWritten("Metrics", "MetricStat"))),
            CompositeAlarms = outline.Count("AWS::CloudWatch::CompositeAlarm"),
            Dashboards = outline.Count("AWS::CloudWatch::Dashboard"),
            Keys = outline.Count("AWS::KMS::Key"),
            NotCounted = [.. NotCountedIn(outline)],
        };
    }

    private static IEnumerable<StreamFunction> GetFunctions(StackOutline outline)
    {
        var functions = outline.OfType("AWS::Serverless::Function").ToDictionary(function => function.Name, StringComparer.Ordinal);
        foreach (var mapping in outline.OfType("AWS::Lambda::EventSourceMapping"))
        {
            // The function's name, or its ARN, which ends in the name.
            if (!functions.TryGetValue(mapping.Text("FunctionName")!.Split(':')[^1], out var function))
            {
                continue;
            }

            yield return new StreamFunction(function.LogicalId)
            {
                Memory = function.Integer("MemorySize") ?? 128,
                IsArm = function.List("Architectures").Contains("arm64"),
                IsTraced = function.Text("Tracing") == "Active",
                BatchSize = mapping.Integer("BatchSize") ?? 100,
                WindowSeconds = mapping.Integer("MaximumBatchingWindowInSeconds") ?? 0,
                Lanes = mapping.Integer("ParallelizationFactor") ?? 1,
                HasFanOut = EventSourceArn.IsConsumer(mapping.Text("EventSourceArn")!),
            };
        }
    }

    private static IEnumerable<string> NotCountedIn(StackOutline outline)
    {
        if (outline.Count("AWS::EC2::VPCEndpoint") is > 0 and var endpoints)
        {
            yield return $"{endpoints} VPC endpoints";
        }

        foreach (var function in GetScheduled(outline).Where(function => !IsCounted(function)))
        {
            yield return $"the scheduled function {function.Name}";
        }
    }

    private static bool IsCounted(ScheduledFunction function) => function is { Name: ResourceNames.RollupFunction, RunsPerMonth: > 0 };

    private static IEnumerable<ScheduledFunction> GetScheduled(StackOutline outline)
    {
        var rules = outline.OfType("AWS::Events::Rule").ToList();
        foreach (var function in outline.OfType("AWS::Serverless::Function"))
        {
            foreach (var rule in rules.Where(rule => rule.LogicalId.StartsWith(function.LogicalId, StringComparison.Ordinal)))
            {
                yield return new ScheduledFunction(function.LogicalId)
                {
                    Memory = function.Integer("MemorySize") ?? 128,
                    IsArm = function.List("Architectures").Contains("arm64"),
                    IsTraced = function.Text("Tracing") == "Active",
                    RunsPerMonth = ScheduleRate.TryParse(rule.Text("ScheduleExpression") ?? "", out var period)
                        ? (decimal)(TimeSpan.FromHours(Load.HoursPerMonth) / period)
                        : 0,
                };
            }
        }
    }
}

/// <summary>A function that a schedule invokes.</summary>
/// <param name="Name">Its logical ID in the template.</param>
internal sealed record ScheduledFunction(string Name)
{
    /// <summary>In MB.</summary>
    public required int Memory { get; init; }

    public bool IsArm { get; init; }

    public bool IsTraced { get; init; }

    /// <summary>Runs per month; 0 if the schedule is not a rate.</summary>
    public required decimal RunsPerMonth { get; init; }
}

/// <summary>A function that reads the stream.</summary>
/// <param name="Name">Its logical ID in the template.</param>
internal sealed record StreamFunction(string Name)
{
    /// <summary>In MB.</summary>
    public required int Memory { get; init; }

    public bool IsArm { get; init; }

    public bool IsTraced { get; init; }

    public required int BatchSize { get; init; }

    public int WindowSeconds { get; init; }

    /// <summary>ParallelizationFactor: concurrent batches per shard.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Whether the function reads with enhanced fan-out.</summary>
    public bool HasFanOut { get; init; }
}
