using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Kinesis.Model;
using Amazon.Lambda.KinesisEvents;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Auditing;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Deployment;
using Analytics.Cli.Shared.Faults;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Metrics;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Sending;
using Analytics.Cli.Shared.Sources;
using Analytics.Cli.Shared.Targets;
using Analytics.Counting;
using Analytics.Counting.Auditing;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Local;
using Analytics.Local.Deployment;
using Analytics.Local.Faults;
using Analytics.Local.Metrics;
using Analytics.Streaming;

namespace Analytics.Cli.Run;

/// <summary>A run of the pipeline on this machine, from sending the first record to checking the last one.</summary>
/// <param name="context">The environment of the command.</param>
/// <param name="reader">Decodes records for the checks.</param>
/// <param name="output">The output folder, or null.</param>
/// <param name="faults">The faults to inject, or null.</param>
internal sealed class PipelineRun(CommandContext context, EventReader reader, OutputFolder? output, FaultInjector? faults)
{
    private readonly Terminal _terminal = context.Terminal;

    /// <summary>Runs the pipeline.</summary>
    /// <exception cref="LocalDeploymentException">The pipeline cannot be started, or stops unexpectedly.</exception>
    /// <exception cref="UserException">The records cannot be read or sent.</exception>
    public async Task<RunSummary> ExecuteAsync(LocalDeploymentOptions options, RecordSource source, CancellationToken cancellationToken)
    {
        var definitions = DefinitionsFile.Load(options.TemplateFile);
        output?.Clear();
        await using var deployment = await _terminal.StageAsync(
            "Starting the pipeline",
            null,
            _ => LocalDeployment.StartAsync(options with { Faults = faults, InvocationFaults = faults, DeliveryFaults = faults }, cancellationToken));
        LocalReplica.Require(deployment);
        var events = faults is null ? 0 : source.Estimate();
        faults?.Spread(deployment.Functions.Where(function => function.BatchSize > 0).ToDictionary(
            function => function.LogicalId, function => (int)Math.Max(1, events / function.BatchSize)));
        using var alerts = await AlertsInbox.SubscribeAsync(deployment, cancellationToken);
        var reconciliation = new Reconciliation(reader);

        var started = context.Clock.GetTimestamp();
        var sent = await SendAsync(deployment, source, events, reconciliation, cancellationToken);
        await _terminal.StageAsync<object?>("Waiting until all records are processed", null, async _ =>
        {
            await deployment.DrainAsync(cancellationToken);
            return null;
        });
        var elapsed = context.Clock.GetElapsedTime(started);
        await InvokeScheduledAsync(deployment, ResourceNames.RollupFunction, cancellationToken);
        await InvokeScheduledAsync(deployment, ResourceNames.AnomaliesFunction, cancellationToken);
        var functions = deployment.Functions;

        var summary = await _terminal.StageAsync(
            "Checking every event and counter", null, _ => CollectAsync(deployment, definitions, reconciliation, alerts, cancellationToken));
        summary = summary with
        {
            TooLarge = source.TooLarge + sent.TooLarge,
            Faults = faults?.Counts ?? [],
            Seconds = elapsed.TotalSeconds,
            Functions = [.. functions.Select(Describe)],
        };
        if (output is not null)
        {
            await output.WriteAsync("summary.json", SummaryJson.Write(summary), cancellationToken);
        }

        return summary;
    }

    private static FunctionSummary Describe(LocalFunction function) =>
        new(function.LogicalId, function.Invocations, function.Errors, function.Records, function.AwsCalls)
        {
            Dropped = function.DroppedRecords,
            RefusedFailures = function.RefusedFailureRecords,
            SentKilobytes = function.SentKilobytes,
            CapacityUnits = function.CapacityUnits,
            Duration = function.Duration,
            LogBytes = function.LogBytes,
        };

    private async Task<SendResult> SendAsync(
        LocalDeployment deployment, RecordSource source, long events, Reconciliation reconciliation, CancellationToken cancellationToken)
    {
        using var kinesis = deployment.Endpoints.CreateKinesis();
        var streamName = deployment.Resources[ResourceNames.Stream].PhysicalId;
        IRecordSink sink = new KinesisSink(kinesis, streamName);
        if (faults is not null)
        {
            sink = new ReshardingSink(sink, new ReshardingFaults(new Resharding(kinesis, streamName, context.Clock), faults), events);
        }

        return await _terminal.StageAsync($"Sending {source.Title}", source.Total, progress =>
            new RecordSender(sink, context.Clock) { Accepted = reconciliation.Sent, Progress = progress.Report }
                .SendAsync(source.Records, source.Rate, cancellationToken));
    }

    /// <summary>
    /// Runs a scheduled function until it succeeds, as its schedule would in its next runs. A run that a fault interrupts is repeated.
    /// </summary>
    /// <exception cref="UserException">The function fails repeatedly.</exception>
    private static async Task InvokeScheduledAsync(LocalDeployment deployment, string function, CancellationToken cancellationToken)
    {
        const int MaxRuns = 50;
        for (var run = 1; ; run++)
        {
            var result = await deployment.InvokeAsync(function, "{}"u8.ToArray(), cancellationToken);
            if (result is { FunctionError: null, IsThrottled: false })
            {
                return;
            }

            if (run == MaxRuns)
            {
                throw new UserException($"the function {function} fails repeatedly: {Encoding.UTF8.GetString(result.Payload.Span)}");
            }
        }
    }

    private async Task<RunSummary> CollectAsync(
        LocalDeployment deployment, Definitions definitions, Reconciliation reconciliation, AlertsInbox alerts, CancellationToken cancellationToken)
    {
        var results = new ExpectedResults(EventTimeBounds.Default);
        var recount = new CounterRecount(new CounterPlan(definitions, reader, EventTimeBounds.Default));
        var replica = deployment.Resources.TryGet(ResourceNames.ReplicaStream, out _) ? new ExpectedReplica(reader) : null;
        var bytes = await ReadStreamAsync(deployment, reconciliation, results, replica, recount, cancellationToken);
        await ReadReplicaAsync(deployment, replica, cancellationToken);
        await ReadArchiveAsync(deployment, reconciliation, cancellationToken);
        var archive = reconciliation.Finish();
        var items = await ReadResultsAsync(deployment, results, cancellationToken);
        var counters = await ReadCountersAsync(deployment, cancellationToken);
        var counterDifferences = CounterAudit.Compare(counters, recount.Values());
        var audit = await AuditAsync(deployment, cancellationToken);
        var messages = await alerts.ReadAsync(cancellationToken);
        var failures = await ReadFailuresAsync(deployment, cancellationToken);
        var metrics = deployment.ReadMetrics();
        if (output is not null)
        {
            await output.WriteLinesAsync("alerts.ndjson", messages, cancellationToken);
            await output.WriteLinesAsync("failures.ndjson", failures, cancellationToken);
            await output.WriteLinesAsync("metrics.ndjson", metrics.Select(MetricJson.Write), cancellationToken);
        }

        return new RunSummary
        {
            Sent = archive.Sent,
            Archived = archive.Archived,
            Quarantined = archive.Quarantined,
            Lost = archive.Lost,
            Bytes = bytes,
            Metrics = MetricTotals.CountCustom(metrics),
            Results = items,
            Replicated = replica?.Replicated,
            Alerts = messages.Count,
            Failures = failures.Count,
            CounterValues = counters.Count,
            CounterDifferences = counterDifferences.Count,
            Unused = recount.GetUnused(),
            AuditedValues = audit.Values,
            AuditDifferences = audit.Differences.Count + audit.Findings.Count,
            Duplicates = new DuplicateSummary(archive.PutAgain, archive.ArchivedAgain, results.Repeated),
            Differences =
            [
                .. archive.Differences,
                .. results.Differences,
                .. replica?.Differences ?? [],
                .. Describe("values of the counter {0} that differ from the recount", counterDifferences),
                .. audit.Findings.Select(finding => $"audit: {finding.Message}"),
                .. Describe("values of the counter {0} that differ from the sum of their links", audit.Differences),
            ],
        };
    }

    /// <summary>Reads the stream, which is the reference for all checks and has the arrival times that counters depend on.</summary>
    private async Task<long> ReadStreamAsync(
        LocalDeployment deployment,
        Reconciliation reconciliation,
        ExpectedResults results,
        ExpectedReplica? replica,
        CounterRecount recount,
        CancellationToken cancellationToken)
    {
        using var kinesis = deployment.Endpoints.CreateKinesis();
        var stream = deployment.Resources[ResourceNames.Stream].PhysicalId;
        var bytes = 0L;
        await foreach (var (shardId, record) in StreamScan.ReadAsync(kinesis, stream, cancellationToken))
        {
            var data = record.Data.ToArray();
            bytes += data.Length;
            reconciliation.InStream(shardId, record.SequenceNumber, record.PartitionKey, data);
            var streamRecord = AsLambdaDelivers(record, shardId);
            var occurrences = new OccurrenceCounter();
            replica?.Add(streamRecord);
            foreach (ref readonly var user in reader.Read(data))
            {
                var occurrence = occurrences.Next(RecordFingerprint.Compute(streamRecord, user));
                if (user.IsEvent)
                {
                    results.Add(streamRecord with { Occurrence = occurrence }, user);
                    recount.Add(user.Event, streamRecord.ArrivalTime);
                }
            }
        }

        return bytes;
    }

    private static async Task ReadReplicaAsync(LocalDeployment deployment, ExpectedReplica? replica, CancellationToken cancellationToken)
    {
        if (replica is null)
        {
            return;
        }

        using var kinesis = deployment.Endpoints.CreateKinesis();
        var stream = deployment.Resources[ResourceNames.ReplicaStream].PhysicalId;
        await foreach (var (shardId, record) in StreamScan.ReadAsync(kinesis, stream, cancellationToken))
        {
            replica.Found(shardId, record.SequenceNumber, record.Data.ToArray());
        }

        replica.Finish();
    }

    private async Task ReadArchiveAsync(LocalDeployment deployment, Reconciliation reconciliation, CancellationToken cancellationToken)
    {
        using var s3 = deployment.Endpoints.CreateS3();
        await foreach (var (key, content) in BucketScan.ReadAsync(s3, deployment.Resources[ResourceNames.ArchiveBucket].PhysicalId, cancellationToken))
        {
            if (output is not null)
            {
                await output.WriteObjectAsync(key, content, cancellationToken);
            }

            foreach (var entry in ArchiveLines.Read(key, content))
            {
                reconciliation.Archived(entry);
            }
        }
    }

    private async Task<long?> ReadResultsAsync(LocalDeployment deployment, ExpectedResults results, CancellationToken cancellationToken)
    {
        await using var file = output?.Begin("results.ndjson");
        var count = deployment.Resources.TryGet(ResourceNames.ResultsTable, out var table)
            ? await ReadResultsAsync(deployment, table.PhysicalId, results, file, cancellationToken)
            : (long?)null;
        if (file is not null)
        {
            await file.CommitAsync();
        }

        return count;
    }

    private static async Task<long> ReadResultsAsync(
        LocalDeployment deployment, string table, ExpectedResults results, WholeFile? file, CancellationToken cancellationToken)
    {
        await using var lines = file is null ? null : new StreamWriter(file.Content, leaveOpen: true) { NewLine = "\n" };
        using var dynamo = deployment.Endpoints.CreateDynamoDB();
        var count = 0L;
        await foreach (var item in TableScan.ReadAsync(dynamo, table, cancellationToken))
        {
            count++;
            results.Found(item["eventId"].S, item["timestamp"].N);
            if (lines is not null)
            {
                await lines.WriteLineAsync(ItemJson.Write(item).AsMemory(), cancellationToken);
            }
        }

        results.Finish();
        return count;
    }

    private async Task<IReadOnlyList<CounterValue>> ReadCountersAsync(LocalDeployment deployment, CancellationToken cancellationToken)
    {
        using var dynamo = deployment.Endpoints.CreateDynamoDB();
        var counters = await new CounterReader(dynamo, deployment.Resources[ResourceNames.CountersTable].PhysicalId).ScanAsync(cancellationToken);
        if (output is not null)
        {
            await output.WriteLinesAsync("counters.ndjson", counters.Select(CounterJson.Write), cancellationToken);
        }

        return counters;
    }

    /// <summary>Recounts the archive, as `analytics audit` does.</summary>
    private async Task<CounterAuditResult> AuditAsync(LocalDeployment deployment, CancellationToken cancellationToken)
    {
        using var dynamo = deployment.Endpoints.CreateDynamoDB();
        using var s3 = deployment.Endpoints.CreateS3();
        var now = context.Clock.GetUtcNow();
        using var kinesis = deployment.Endpoints.CreateKinesis();
        var audit = new ArchiveAudit(
            dynamo,
            deployment.Resources[ResourceNames.CountersTable].PhysicalId,
            new ArchiveReader(s3, deployment.Resources[ResourceNames.ArchiveBucket].PhysicalId),
            context.Clock);
        return await audit.RunAsync(
            new CounterAuditScope(now - EventTimeBounds.Default.Past - TimeSpan.FromDays(1), now + EventTimeBounds.Default.Future)
            {
                IsDrained = true,
                StreamShards = await StreamScan.ShardsAsync(kinesis, deployment.Resources[ResourceNames.Stream].PhysicalId, cancellationToken),
            },
            cancellationToken);
    }

    private static IReadOnlyList<string> Describe(string kind, IEnumerable<CounterDifference> found)
    {
        var differences = new Differences();
        foreach (var one in found)
        {
            differences.Add(
                string.Format(CultureInfo.InvariantCulture, kind, one.Counter),
                $"{one.Measure} of {one.Value} in the {one.Window.ToString().ToLowerInvariant()} from {one.Start.UtcDateTime:yyyy-MM-dd HH:mm}: {one.Actual} instead of {one.Expected}");
        }

        return differences.Lines;
    }

    private static async Task<List<string>> ReadFailuresAsync(LocalDeployment deployment, CancellationToken cancellationToken)
    {
        using var sqs = deployment.Endpoints.CreateSqs();
        var failures = new List<string>();
        await foreach (var body in QueueScan.ReadAsync(sqs, deployment.Resources[ResourceNames.FailuresQueue].PhysicalId, cancellationToken))
        {
            using var json = JsonDocument.Parse(body);
            failures.Add(JsonLine.Format(json.RootElement));
        }

        return failures;
    }

    private static StreamRecord AsLambdaDelivers(Record record, string shardId) => new(
        new KinesisEvent.KinesisEventRecord
        {
            Kinesis = new KinesisEvent.Record
            {
                SequenceNumber = record.SequenceNumber,
                PartitionKey = record.PartitionKey,
                ApproximateArrivalTimestamp = record.ApproximateArrivalTimestamp?.ToUniversalTime(),
                Data = record.Data,
            },
        },
        shardId);
}
