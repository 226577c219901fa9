using System.CommandLine;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.LivePage;
using Analytics.Cli.Shared.Targets;
using Analytics.Dashboard;

namespace Analytics.Cli.Dashboard;

/// <summary><c>analytics dashboard</c>: serves the live page of a stack on AWS, or prints the address of the local one.</summary>
internal static class DashboardCommand
{
    public static Command Create(CommandContext context)
    {
        var stack = Pipeline.StackOption();
        var port = LivePageOptions.PortOption();
        var command = new Verb(
            "dashboard",
            "Serve the live page of a stack, read-only, or print the address of the local pipeline's page.",
            "analytics dashboard",
            "analytics dashboard --stack analytics --dashboard-port 8080")
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
            : throw new UserException($"no pipeline is running on this machine ({LocalState.PathIn(context.WorkFolder)} lists none). Start one with `analytics up`, or specify a stack on AWS with --stack.");

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
