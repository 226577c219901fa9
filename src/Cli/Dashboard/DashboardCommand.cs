using System.CommandLine;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.LivePage;
using Analytics.Cli.Shared.Targets;
using Analytics.Dashboard;

namespace Analytics.Cli.Dashboard;

/// <summary><c>analytics dashboard</c>: the live page of a stack on AWS, or where the local pipeline's page is.</summary>
internal static class DashboardCommand
{
    public static Command Create(CommandContext context)
    {
        var stack = Pipeline.StackOption();
        var port = LivePageOptions.PortOption();
        var command = new Command(
            "dashboard",
            "Serve the live page of a stack on AWS on this machine until Ctrl-C, with your credentials and read-only; without --stack, print where the page of the running `analytics up` is.")
        {
            stack, port,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(stack) is not { } name)
            {
                context.Terminal.Out.WriteLine(LocalPage(context));
                return ExitCode.Success;
            }

            using var pipeline = await Pipeline.FindAsync(name, context, cancellationToken);
            await ServeAsync(pipeline, name, parsed.GetValue(port), context, cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }

    private static Uri LocalPage(CommandContext context) =>
        LocalState.FindRunning(context.WorkFolder) is { } local
            ? local.Endpoints[LocalState.DashboardEndpoint]
            : throw new UserException($"no pipeline runs on this machine ({LocalState.PathIn(context.WorkFolder)} names none); start one with `analytics up`, or name a stack on AWS with --stack.");

    private static async Task ServeAsync(Pipeline pipeline, string stack, int port, CommandContext context, CancellationToken cancellationToken)
    {
        var options = StackDashboard.Create(
            new StackTarget(stack, pipeline.FindResource, pipeline.Functions, pipeline.Kinesis, pipeline.DynamoDb, pipeline.S3, pipeline.Sqs, pipeline.Lambda),
            LivePageOptions.Resources(),
            LivePageOptions.FindDefinitions(context),
            context.Clock);
        await using var dashboard = await DashboardServer.StartAsync(options with { Port = port, Log = context.Terminal.Note }, cancellationToken);
        context.Terminal.Out.WriteLine($"Live page of {pipeline.Title}: {dashboard.Address}");
        context.Terminal.Out.WriteLine("Stop with Ctrl-C.");
        context.Terminal.Out.Flush();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            context.Terminal.Note("Stopping.");
        }
    }
}
