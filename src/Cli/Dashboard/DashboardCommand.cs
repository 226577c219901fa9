using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Running;
using Analytics.Cli.Targets;
using Analytics.Dashboard;
using Analytics.Events.Definitions;

namespace Analytics.Cli.LivePage;

/// <summary><c>analytics dashboard</c>: the live page of a stack on AWS, or where the local pipeline's page is.</summary>
internal static class DashboardCommand
{
    public static Command Create(CommandContext context)
    {
        var stack = Pipeline.StackOption();
        var port = PortOption();
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
                return CommandLine.Success;
            }

            using var pipeline = await Pipeline.FindAsync(name, context, cancellationToken);
            await ServeAsync(pipeline, name, parsed.GetValue(port), context, cancellationToken);
            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>The option for the page's port.</summary>
    public static Option<int> PortOption()
    {
        var port = new Option<int>("--dashboard-port")
        {
            Description = "The live page's port on 127.0.0.1; any free one when not given.",
            HelpName = "PORT",
            DefaultValueFactory = _ => 0,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && long.TryParse(token.Value, CultureInfo.InvariantCulture, out var given) && given is < 1 or > 65_535)
            {
                result.AddError("--dashboard-port must be from 1 to 65535.");
            }
        });
        return port;
    }

    /// <summary>The logical ids of what the page shows.</summary>
    /// <param name="stream">The stream's logical id, where it is not the usual one.</param>
    public static DashboardResources Resources(string? stream = null) => new(
        stream ?? ResourceNames.Stream,
        ResourceNames.ArchiveBucket,
        ResourceNames.ArchiveFunction,
        ResourceNames.CountersTable,
        ResourceNames.CountersFunction,
        ResourceNames.AlertsTopic,
        ResourceNames.FailuresQueue);

    /// <summary>The counters to show.</summary>
    public static Definitions FindDefinitions(CommandContext context) => DefinitionsFile.Load(context.TemplateFile);

    private static Uri LocalPage(CommandContext context) =>
        LocalState.FindRunning(context.WorkFolder) is { } local
            ? local.Endpoints[LocalState.DashboardEndpoint]
            : throw new UserException($"no pipeline runs on this machine ({LocalState.PathIn(context.WorkFolder)} names none); start one with `analytics up`, or name a stack on AWS with --stack.");

    private static async Task ServeAsync(Pipeline pipeline, string stack, int port, CommandContext context, CancellationToken cancellationToken)
    {
        var options = StackDashboard.Create(
            new StackTarget(stack, pipeline.FindResource, pipeline.Functions, pipeline.Kinesis, pipeline.DynamoDb, pipeline.S3, pipeline.Sqs, pipeline.Lambda),
            Resources(),
            FindDefinitions(context),
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
