using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Deployment;
using Analytics.Cli.Shared.Faults;
using Analytics.Cli.Shared.LivePage;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Targets;
using Analytics.Dashboard;
using Analytics.Dashboard.Controls;
using Analytics.Dashboard.Parts;
using Analytics.Local.Deployment;
using Analytics.Local.Faults;
using Analytics.Local.Services;
using Analytics.Local.Template;

namespace Analytics.Cli.Up;

/// <summary><c>analytics up</c>: runs the pipeline on this machine until Ctrl-C.</summary>
internal static class UpCommand
{
    private const string StreamType = "AWS::Kinesis::Stream";

    /// <summary>Types of the resources to print.</summary>
    private static readonly string[] ResourceTypes =
        [StreamType, "AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::SNS::Topic", "AWS::SQS::Queue"];

    /// <summary>Batching windows of one second, so that the live page follows the events.</summary>
    private static readonly Dictionary<string, string> QuickBatches = new(StringComparer.Ordinal) { ["MaximumBatchingWindow"] = "1" };

    public static Command Create(CommandContext context)
    {
        var deployment = new DeploymentOptions();
        var data = new Option<string?>("--data")
        {
            Description = "Folder for the pipeline's data, to resume with it later. Default: data is not kept.",
            HelpName = "FOLDER",
        };
        var faults = new FaultOptions();
        var invocations = new Option<int>("--fault-invocations")
        {
            Description = "Spread the faults over the first N invocations of each function.",
            HelpName = "N",
            DefaultValueFactory = _ => 100,
        };
        invocations.Validators.Add(result => OptionRules.AtLeast(result, 1));
        var rate = new Option<int>("--rate")
        {
            Description = $"Sample events per second, up to {ProducerSettings.MaxRate}. The live page can change the rate.",
            HelpName = "R",
            DefaultValueFactory = _ => 0,
        };
        rate.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && long.TryParse(token.Value, CultureInfo.InvariantCulture, out var given) && given is < 0 or > ProducerSettings.MaxRate)
            {
                result.AddError($"--rate must be from 0 to {ProducerSettings.MaxRate}.");
            }
        });
        var port = LivePageOptions.PortOption();
        var command = new Verb(
            "up",
            "Run the pipeline and its live page on this machine until Ctrl-C.",
            "analytics up --rate 50",
            "analytics up --data .analytics/data --dashboard-port 8080",
            "analytics up --faults seed=7,kill=12,throttle=20 --fault-invocations 50");
        deployment.AddTo(command);
        command.Options.Add(rate);
        command.Options.Add(port);
        command.Options.Add(data);
        faults.AddTo(command);
        command.Options.Add(invocations);
        command.Validators.Add(result =>
        {
            if (result.GetResult(invocations) is { Implicit: false } && !faults.IsGiven(result))
            {
                result.AddError("--fault-invocations requires --faults.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var injector = faults.Read(parsed, context);
            if (LocalState.FindRunning(context.WorkFolder) is { } other)
            {
                throw new UserException($"a local pipeline is already running (process {other.ProcessId}). Stop it first, or use it.");
            }

            var options = deployment.Read(parsed, context, parsed.GetValue(data) is { } folder ? context.GetFullPath(folder) : null);
            var live = new LiveOptions(parsed.GetValue(rate), parsed.GetValue(port), parsed.GetValue(invocations));
            await RunAsync(context, options with { ParameterDefaults = QuickBatches }, injector, live, cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task RunAsync(
        CommandContext context, LocalDeploymentOptions options, FaultInjector? faults, LiveOptions live, CancellationToken cancellationToken)
    {
        // The page can inject faults even without --faults.
        var injector = faults ?? new FaultInjector(FaultSpec.None, context.Clock);
        var failures = new Feed(FailuresPart.FeedName);
        await using var deployment = await context.Terminal.StageAsync(
            "Starting the pipeline",
            null,
            _ => LocalDeployment.StartAsync(
                options with
                {
                    Faults = injector,
                    InvocationFaults = injector,
                    DeliveryFaults = injector,
                    FailureDelivered = failure => failures.Add(FailuresPart.Describe(failure)),
                },
                cancellationToken));
        LocalReplica.Require(deployment);
        var stream = FindStream(deployment.Resources);
        await using var operation = faults is null ? null : new FaultyOperation(deployment, faults, live.Invocations, stream?.PhysicalId, context);
        await using var producer = new LiveProducer(deployment, stream?.PhysicalId, injector, live.Rate, context.Clock);
        var page = await LocalDashboard.CreateAsync(
            deployment,
            LivePageOptions.Resources(stream?.LogicalId),
            LivePageOptions.FindDefinitions(context),
            producer,
            failures,
            context.Clock,
            cancellationToken);
        await using var dashboard = await DashboardServer.StartAsync(page with { Port = live.Port, Log = context.Terminal.Note }, cancellationToken);
        var state = CreateState(deployment, dashboard.Address);
        state.Write(context.WorkFolder);
        try
        {
            Print(state, deployment.Resources, context.Terminal);
            if (faults is not null)
            {
                context.Terminal.Out.WriteLine(
                    $"Faults over the first {Terminal.Number(live.Invocations)} invocations of each function: {FaultText.Planned(faults.Counts)}.");
            }

            context.Terminal.Out.WriteLine($"Live page: {dashboard.Address}");
            context.Terminal.Out.WriteLine("Stop with Ctrl-C.");
            context.Terminal.Out.Flush();
            await deployment.Fault.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            context.Terminal.Note("Stopping.");
        }
        finally
        {
            LocalState.Remove(context.WorkFolder);
            FaultText.Print(injector.Counts, context.Terminal, "send more events, use smaller batches, or lower --fault-invocations");
        }
    }

    private static StackResource? FindStream(StackResources resources) =>
        resources.TryGet(ResourceNames.Stream, out var stream) ? stream : resources.OfType(StreamType).FirstOrDefault();

    private static LocalState CreateState(LocalDeployment deployment, Uri dashboard) => new()
    {
        ProcessId = Environment.ProcessId,
        ProcessStarted = LocalState.StartOfThisProcess(),
        Region = deployment.Endpoints.Region,
        Endpoints = new SortedDictionary<string, Uri>(Enum.GetValues<AwsService>()
            .Select(service => KeyValuePair.Create(LocalState.GetName(service), deployment.Endpoints[service]))
            .Append(KeyValuePair.Create(LocalState.LambdaEndpoint, deployment.LambdaEndpoint))
            .Append(KeyValuePair.Create(LocalState.MetricsEndpoint, deployment.MetricsEndpoint))
            .Append(KeyValuePair.Create(LocalState.DashboardEndpoint, dashboard))
            .ToDictionary()),
        Resources = new SortedDictionary<string, string>(
            deployment.Resources.All.ToDictionary(resource => resource.LogicalId, resource => resource.PhysicalId)),
        Functions = [.. deployment.Functions.Select(function => function.LogicalId)],
    };

    private static void Print(LocalState state, StackResources resources, Terminal terminal)
    {
        terminal.Out.WriteLine("The pipeline is running. Endpoints:");
        foreach (var (service, endpoint) in state.Endpoints.Where(endpoint => endpoint.Key != LocalState.DashboardEndpoint))
        {
            terminal.Out.WriteLine($"  {service,-9} {endpoint.AbsoluteUri.TrimEnd('/')}");
        }

        terminal.Out.WriteLine("Resources:");
        var made = ResourceTypes.SelectMany(resources.OfType).ToList();
        var width = made.Select(resource => resource.LogicalId.Length).DefaultIfEmpty().Max();
        foreach (var resource in made)
        {
            terminal.Out.WriteLine($"  {resource.LogicalId.PadRight(width)} {resource.PhysicalId}");
        }

        terminal.Out.WriteLine($"Functions: {string.Join(", ", state.Functions)}");
        terminal.Out.WriteLine();
        if (FindStream(resources) is { } stream)
        {
            var produce = stream.LogicalId == ResourceNames.Stream ? "analytics produce" : $"analytics produce --stream {stream.PhysicalId}";
            terminal.Out.WriteLine($"Send events from another terminal:  {produce} --events 1000 --rate 100");
            terminal.Out.WriteLine($"or with the AWS CLI:  aws kinesis put-record --endpoint-url {state.Endpoints["kinesis"].AbsoluteUri.TrimEnd('/')} --region {state.Region} \\");
            terminal.Out.WriteLine($"    --stream-name {stream.PhysicalId} --partition-key u1 --cli-binary-format raw-in-base64-out --data '{{\"event_type\":\"click\",\"user_id\":\"u1\"}}'");
        }
    }

    /// <summary>Settings of the producer, the live page and the faults.</summary>
    /// <param name="Rate">Sample events per second.</param>
    /// <param name="Port">The live page's port; 0 for a free port.</param>
    /// <param name="Invocations">Number of invocations of each function over which faults are spread.</param>
    private sealed record LiveOptions(int Rate, int Port, int Invocations);
}
