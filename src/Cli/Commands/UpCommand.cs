using System.CommandLine;
using Analytics.Cli.Presentation;
using Analytics.Cli.Reporting;
using Analytics.Cli.Running;
using Analytics.Cli.Targets;
using Analytics.Local;
using Analytics.Local.Faults;
using Analytics.Local.Services;

namespace Analytics.Cli.Commands;

/// <summary><c>analytics up</c>: the pipeline on this machine, until Ctrl-C.</summary>
internal static class UpCommand
{
    private const string StreamType = "AWS::Kinesis::Stream";

    /// <summary>What a user may want to look at.</summary>
    private static readonly string[] ResourceTypes =
        [StreamType, "AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::SNS::Topic", "AWS::SQS::Queue"];

    public static Command Create(CommandContext context)
    {
        var deployment = new DeploymentOptions();
        var data = new Option<string?>("--data")
        {
            Description = "A folder that keeps streams, tables, objects, messages and checkpoints for the next start; without it they go when the pipeline stops.",
            HelpName = "FOLDER",
        };
        var faults = new FaultOptions();
        var invocations = new Option<int>("--fault-invocations")
        {
            Description = "Spread the faults over the first N invocations of each function after the start.",
            HelpName = "N",
            DefaultValueFactory = _ => 100,
        };
        invocations.Validators.Add(result => OptionRules.AtLeast(result, 1));
        var command = new Command("up", "Start the pipeline on this machine and keep it running until Ctrl-C.");
        deployment.AddTo(command);
        command.Options.Add(data);
        faults.AddTo(command);
        command.Options.Add(invocations);
        command.Validators.Add(result =>
        {
            if (result.GetResult(invocations) is { Implicit: false } && !faults.IsGiven(result))
            {
                result.AddError("--fault-invocations says over how many invocations --faults are spread, so it needs --faults.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var injector = faults.Read(parsed, context);
            if (LocalState.FindRunning(context.WorkFolder) is { } other)
            {
                throw new UserException($"a local pipeline is running already, as process {other.ProcessId}; stop it first, or use it.");
            }

            var options = deployment.Read(parsed, context, parsed.GetValue(data) is { } folder ? context.PathOf(folder) : null);
            await RunAsync(context, options, injector, parsed.GetValue(invocations), cancellationToken);
            return CommandLine.Success;
        });
        return command;
    }

    private static async Task RunAsync(
        CommandContext context, LocalDeploymentOptions options, FaultInjector? faults, int invocations, CancellationToken cancellationToken)
    {
        await using var deployment = await context.Terminal.StageAsync(
            "Starting the pipeline",
            null,
            _ => LocalDeployment.StartAsync(options with { Faults = faults, InvocationFaults = faults, DeliveryFaults = faults }, cancellationToken));
        LocalReplica.Require(deployment);
        var stream = StreamOf(deployment.Resources);
        await using var operation = faults is null ? null : new FaultyOperation(deployment, faults, invocations, stream?.PhysicalId, context);
        var state = StateOf(deployment);
        state.Write(context.WorkFolder);
        try
        {
            Print(state, deployment.Resources, context.Terminal);
            if (faults is not null)
            {
                context.Terminal.Out.WriteLine(
                    $"Faults over the first {Terminal.Number(invocations)} invocations of each function: {FaultText.Planned(faults.Counts)}.");
            }

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
            FaultText.Print(faults?.Counts ?? [], context.Terminal, "send more events, make batches smaller, or lower --fault-invocations");
        }
    }

    private static StackResource? StreamOf(StackResources resources) =>
        resources.TryGet(ResourceNames.Stream, out var stream) ? stream : resources.OfType(StreamType).FirstOrDefault();

    private static LocalState StateOf(LocalDeployment deployment) => new()
    {
        ProcessId = Environment.ProcessId,
        ProcessStarted = LocalState.StartOfThisProcess(),
        Region = deployment.Endpoints.Region,
        Endpoints = new SortedDictionary<string, Uri>(Enum.GetValues<AwsService>()
            .Select(service => KeyValuePair.Create(service.ToString().ToLowerInvariant(), deployment.Endpoints[service]))
            .Append(KeyValuePair.Create("lambda", deployment.LambdaEndpoint))
            .Append(KeyValuePair.Create(LocalState.MetricsEndpoint, deployment.MetricsEndpoint))
            .ToDictionary()),
        Resources = new SortedDictionary<string, string>(
            deployment.Resources.All.ToDictionary(resource => resource.LogicalId, resource => resource.PhysicalId)),
        Functions = [.. deployment.Functions.Select(function => function.LogicalId)],
    };

    private static void Print(LocalState state, StackResources resources, Terminal terminal)
    {
        terminal.Out.WriteLine("The pipeline is up. Endpoints:");
        foreach (var (service, endpoint) in state.Endpoints)
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
        if (StreamOf(resources) is { } stream)
        {
            var produce = stream.LogicalId == ResourceNames.Stream ? "analytics produce" : $"analytics produce --stream {stream.PhysicalId}";
            terminal.Out.WriteLine($"Send events from another terminal:  {produce} --events 1000 --rate 100");
            terminal.Out.WriteLine($"or with the AWS CLI:  aws kinesis put-record --endpoint-url {state.Endpoints["kinesis"].AbsoluteUri.TrimEnd('/')} --region {state.Region} \\");
            terminal.Out.WriteLine($"    --stream-name {stream.PhysicalId} --partition-key u1 --cli-binary-format raw-in-base64-out --data '{{\"event_type\":\"click\",\"user_id\":\"u1\"}}'");
        }
    }
}
