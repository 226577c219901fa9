using Analytics.Alerting.Reading;
using Analytics.Counting;
using Analytics.Dashboard.Controls;
using Analytics.Dashboard.Counters;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.Parts;
using Analytics.Events.Definitions;
using Analytics.Local.Deployment;
using Analytics.Local.Template;

namespace Analytics.Dashboard;

/// <summary>Creates the live page of a pipeline on this machine.</summary>
internal static class LocalDashboard
{
    /// <summary>Expected ranges change once a minute.</summary>
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);

    /// <summary>Creates the options for <see cref="DashboardServer.StartAsync(DashboardOptions, CancellationToken)"/>.</summary>
    /// <param name="deployment">The pipeline.</param>
    /// <param name="names">The logical IDs of its resources.</param>
    /// <param name="definitions">The counters, or null if there are none.</param>
    /// <param name="controls">The controls of the page.</param>
    /// <param name="failures">The feed of delivered failure records.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<DashboardOptions> CreateAsync(
        LocalDeployment deployment,
        DashboardResources names,
        Definitions? definitions,
        IPipelineControls controls,
        Feed failures,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var endpoints = deployment.Endpoints;
        var region = endpoints.Region;
        var stream = Find(names.Stream);
        var kinesis = endpoints.CreateKinesis();
        var dynamoDb = endpoints.CreateDynamoDB();
        var s3 = endpoints.CreateS3();
        var sns = endpoints.CreateSns();
        var sqs = endpoints.CreateSqs();
        List<IDashboardPart> parts =
        [
            new InfoPart(new InfoEntry("On this machine", IsLocal: true, region, clock.GetUtcNow(), [])),
            new LocalFlowPart(deployment, kinesis, stream, () => controls.State.Sent, clock),
            new ProducerPart(controls),
            new FailuresPart(failures, sqs, Find(names.FailuresQueue)?.PhysicalId, Soon),
        ];
        if (Find(names.AlertsTopic) is { } topic)
        {
            var alerts = new AlertsPart(sns, sqs, topic.PhysicalId);
            await alerts.SubscribeAsync(cancellationToken);
            parts.Add(alerts);
        }

        if (Find(names.ArchiveBucket) is { } bucket)
        {
            parts.Add(new QuarantinePart(s3, bucket.PhysicalId, () => GetRecords(names.ArchiveFunction), Soon, clock));
        }

        if (definitions is not null && Find(names.CountersTable) is { } table)
        {
            var reader = new CounterReader(dynamoDb, table.PhysicalId);
            parts.Add(new CountersPart(definitions, new TableCounterSource(reader), () => GetRecords(names.CountersFunction), Soon, clock));
            var expected = new ExpectedRangeReader(dynamoDb, table.PhysicalId, clock);
            parts.Add(new ExpectedPart(definitions, (rules, token) => expected.ReadAsync(rules, clock.GetUtcNow(), token), Seldom));
        }

        return new DashboardOptions
        {
            Folder = AppContext.BaseDirectory,
            Parts = parts,
            Clients = [kinesis, dynamoDb, s3, sns, sqs],
            Controls = controls,
            Clock = clock,
            LogFile = id => deployment.Functions.FirstOrDefault(function => function.LogicalId == id)?.LogFile,
        };

        StackResource? Find(string logicalId) => deployment.Resources.TryGet(logicalId, out var found) ? found : null;

        long GetRecords(string logicalId) => deployment.Functions.FirstOrDefault(function => function.LogicalId == logicalId)?.Records ?? 0;
    }
}
