using System.CommandLine;
using Analytics.Cli.Presentation;
using Analytics.Cli.Targets;
using Analytics.Local;
using Analytics.Local.Services;

namespace Analytics.Cli.Commands;

/// <summary><c>analytics up</c>: the pipeline on this machine, until Ctrl-C.</summary>
internal static class UpCommand
{
    public static Command Create(CommandContext context)
    {
        var deployment = new DeploymentOptions();
        var data = new Option<string?>("--data")
        {
            Description = "A folder that keeps streams, tables, objects, messages and checkpoints for the next start; without it they go when the pipeline stops.",
            HelpName = "FOLDER",
        };
        var command = new Command("up", "Start the pipeline on this machine and keep it running until Ctrl-C.");
        deployment.AddTo(command);
        command.Options.Add(data);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (LocalState.FindRunning(context.WorkFolder) is { } other)
            {
                throw new UserException($"a local pipeline is running already, as process {other.ProcessId}; stop it first, or use it.");
            }

            var options = deployment.Read(parsed, context, parsed.GetValue(data) is { } folder ? context.PathOf(folder) : null);
            await RunAsync(context, options, cancellationToken);
            return CommandLine.Success;
        });
        return command;
    }

    private static async Task RunAsync(CommandContext context, LocalDeploymentOptions options, CancellationToken cancellationToken)
    {
        await using var deployment = await context.Terminal.StageAsync(
            "Starting the pipeline", null, _ => LocalDeployment.StartAsync(options, cancellationToken));
        var state = StateOf(deployment);
        state.Write(context.WorkFolder);
        try
        {
            Print(state, context.Terminal);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            context.Terminal.Note("Stopping.");
        }
        finally
        {
            LocalState.Remove(context.WorkFolder);
        }
    }

    private static LocalState StateOf(LocalDeployment deployment) => new()
    {
        ProcessId = Environment.ProcessId,
        ProcessStarted = LocalState.StartOfThisProcess(),
        Region = deployment.Endpoints.Region,
        Endpoints = new SortedDictionary<string, Uri>(Enum.GetValues<AwsService>()
            .Select(service => KeyValuePair.Create(service.ToString().ToLowerInvariant(), deployment.Endpoints[service]))
            .Append(KeyValuePair.Create("lambda", deployment.LambdaEndpoint))
            .ToDictionary()),
        Resources = new SortedDictionary<string, string>(
            deployment.Resources.All.ToDictionary(resource => resource.LogicalId, resource => resource.PhysicalId)),
        Functions = [.. deployment.Functions.Select(function => function.LogicalId)],
    };

    private static void Print(LocalState state, Terminal terminal)
    {
        terminal.Out.WriteLine("The pipeline is up. Endpoints:");
        foreach (var (service, endpoint) in state.Endpoints)
        {
            terminal.Out.WriteLine($"  {service,-9} {endpoint.AbsoluteUri.TrimEnd('/')}");
        }

        terminal.Out.WriteLine("Resources:");
        foreach (var name in (string[])[ResourceNames.Stream, ResourceNames.ArchiveBucket, ResourceNames.CountersTable, ResourceNames.ResultsTable, ResourceNames.AlertsTopic, ResourceNames.FailuresQueue])
        {
            if (state.Resources.TryGetValue(name, out var id))
            {
                terminal.Out.WriteLine($"  {name,-14} {id}");
            }
        }

        terminal.Out.WriteLine($"Functions: {string.Join(", ", state.Functions)}");
        terminal.Out.WriteLine();
        terminal.Out.WriteLine("Send events from another terminal:  analytics produce --events 1000 --rate 100");
        if (state.Resources.TryGetValue(ResourceNames.Stream, out var stream))
        {
            terminal.Out.WriteLine($"or with the AWS CLI:  aws kinesis put-record --endpoint-url {state.Endpoints["kinesis"].AbsoluteUri.TrimEnd('/')} --region {state.Region} \\");
            terminal.Out.WriteLine($"    --stream-name {stream} --partition-key u1 --cli-binary-format raw-in-base64-out --data '{{\"event_type\":\"click\",\"user_id\":\"u1\"}}'");
        }

        terminal.Out.WriteLine("Stop with Ctrl-C.");
        terminal.Out.Flush();
    }
}
