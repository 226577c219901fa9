using System.CommandLine;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Deployment;
using Analytics.Cli.Shared.Faults;
using Analytics.Cli.Shared.Sources;
using Analytics.Events;

namespace Analytics.Cli.Run;

/// <summary><c>analytics run</c>: starts the pipeline, sends events through it, checks all results, and stops it.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var source = new RecordSourceOptions();
        var deployment = new DeploymentOptions();
        var output = new Option<string?>("--out")
        {
            Description = "Folder for the results: summary.json, counters.ndjson, archive/ and others.",
            HelpName = "FOLDER",
        };
        var json = new Option<bool>("--json") { Description = "Print only summary.json on standard output." };
        var faults = new FaultOptions();
        var command = new Verb(
            "run",
            "Send events through a pipeline on this machine, check that none is lost, and stop.",
            "analytics run",
            "analytics run --from access.log --out out",
            "analytics run --native --events 100000 --faults seed=7,kill=12,lost-reply=20,split=1");
        source.AddTo(command);
        deployment.AddTo(command);
        command.Options.Add(output);
        command.Options.Add(json);
        faults.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var injector = faults.Read(parsed, context);
            var reader = new EventReader(EventLimits.Default);
            var records = source.Open(parsed, context, reader, readsTwice: true);
            var options = deployment.Read(parsed, context);
            var folder = parsed.GetValue(output) is { } path ? OutputFolder.Open(context.GetFullPath(path)) : null;
            var run = new PipelineRun(context, reader, folder, injector);
            var summary = await run.ExecuteAsync(options, records, cancellationToken);
            if (parsed.GetValue(json))
            {
                await context.Terminal.Out.WriteAsync(SummaryJson.Write(summary));
            }
            else
            {
                SummaryText.Print(summary, context.Terminal);
            }

            return summary.IsComplete ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }
}
