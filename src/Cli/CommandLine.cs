using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using Analytics.Cli.Alerts;
using Analytics.Cli.Audit;
using Analytics.Cli.Compact;
using Analytics.Cli.Completion;
using Analytics.Cli.Cost;
using Analytics.Cli.Counters;
using Analytics.Cli.Dashboard;
using Analytics.Cli.Detect;
using Analytics.Cli.Doctor;
using Analytics.Cli.Failures;
using Analytics.Cli.Invoke;
using Analytics.Cli.Metrics;
using Analytics.Cli.Produce;
using Analytics.Cli.Query;
using Analytics.Cli.Replay;
using Analytics.Cli.Run;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Tail;
using Analytics.Cli.Up;
using Analytics.Local;

namespace Analytics.Cli;

/// <summary>The command <c>analytics</c>: runs a verb, and reports errors as one line and an exit code.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);

    // To add a verb, add a folder with a Create method and an entry here.
    private static readonly Func<CommandContext, Command>[] Commands =
    [
        RunCommand.Create,
        UpCommand.Create,
        DashboardCommand.Create,
        ProduceCommand.Create,
        TailCommand.Create,
        InvokeCommand.Create,
        FailuresCommand.Create,
        ReplayCommand.Create,
        QueryCommand.Create,
        CompactCommand.Create,
        CountersCommand.Create,
        AlertsCommand.Create,
        AuditCommand.Create,
        MetricsCommand.Create,
        CostCommand.Create,
        DetectCommand.Create,
        DoctorCommand.Create,
        CompletionCommand.Create,
    ];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: one of <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, CommandContext context) =>
        RunAsync(args, context, Commands, CancellationToken.None);

    /// <summary>Runs one of the given commands.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="context">The environment of the command.</param>
    /// <param name="commands">Create the commands.</param>
    /// <param name="cancellationToken">Interrupts the command, like the signals.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(
        string[] args, CommandContext context, IEnumerable<Func<CommandContext, Command>> commands, CancellationToken cancellationToken)
    {
        var parsed = CreateRoot(context, commands).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            context.Terminal.Fail($"{UsageErrors.Describe(parsed)} Try: {HelpFor(parsed.CommandResult)}");
            return ExitCode.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
                Output = context.Terminal.Out,
                Error = context.Terminal.Error,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (InterruptedException e)
        {
            context.Terminal.Fail(e.Message);
            return ExitCode.Interrupted;
        }
        catch (UsageException e)
        {
            context.Terminal.Fail($"{e.Message} Try: {HelpFor(parsed.CommandResult)}");
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is UserException or LocalDeploymentException)
        {
            context.Terminal.Fail(e.Message);
            return ExitCode.Failure;
        }
        catch (HttpRequestException e)
        {
            context.Terminal.Fail($"a service does not respond: {e.Message}. Check that it is running, and AWS_ENDPOINT_URL if it is set.");
            return ExitCode.Failure;
        }
        catch (Exception e) when (DiskError.Describe(e) is { } description)
        {
            context.Terminal.Fail(description);
            return ExitCode.Failure;
        }
        catch (Exception e) when (IsTimeout(e))
        {
            context.Terminal.Fail($"a call timed out: {e.Message} Check the service and the network, and try again.");
            return ExitCode.Failure;
        }
        catch (Exception e)
        {
            context.Terminal.Fail($"unexpected {e.GetType().Name}: {e.Message} Details: {Log(e, context)}");
            return ExitCode.Failure;
        }
    }

    /// <summary>Creates the root command with all verbs.</summary>
    internal static RootCommand CreateRoot(CommandContext context) => CreateRoot(context, Commands);

    private static RootCommand CreateRoot(CommandContext context, IEnumerable<Func<CommandContext, Command>> commands)
    {
        var root = new RootCommand("Real-time analytics on AWS and on this machine.");
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new VerbHelpAction((HelpAction)help.Action!);
        foreach (var create in commands)
        {
            var command = create(context);
            TellInterruption(command);
            root.Subcommands.Add(command);
        }

        return root;
    }

    /// <summary>Makes a command and its subcommands distinguish interruption by the user from other cancellations.</summary>
    private static void TellInterruption(Command command)
    {
        if (command.Action is AsynchronousCommandLineAction action)
        {
            command.Action = new InterruptibleAction(action);
        }

        foreach (var subcommand in command.Subcommands)
        {
            TellInterruption(subcommand);
        }
    }

    private static bool IsTimeout(Exception? exception) => exception is TimeoutException || (exception?.InnerException is { } inner && IsTimeout(inner));

    private static string HelpFor(CommandResult command) => $"{UsageErrors.GetPath(command)} --help";

    private static string Log(Exception exception, CommandContext context)
    {
        var time = context.Clock.GetUtcNow();
        var path = Path.Combine(context.WorkFolder, "logs", $"error-{time.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}.log");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, $"{time:O}{Environment.NewLine}{exception}{Environment.NewLine}");
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"none, as {path} cannot be written.";
        }
    }
}
