using System.CommandLine;
using Amazon.Runtime;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Sending;
using Analytics.Cli.Shared.Sources;
using Analytics.Cli.Shared.Targets;
using Analytics.Events;

namespace Analytics.Cli.Produce;

/// <summary><c>analytics produce</c>: sends sample events or the events in a file to a stream.</summary>
internal static class ProduceCommand
{
    public static Command Create(CommandContext context)
    {
        var source = new RecordSourceOptions();
        var stream = new Option<string?>("--stream") { Description = "The stream's name. Default: the stream of the pipeline or stack.", HelpName = "NAME" };
        var stack = Pipeline.StackOption();
        var command = new Verb(
            "produce",
            "Send sample events, or the events in a file, to the local pipeline or a stack.",
            "analytics produce --events 5000 --rate 500",
            "analytics produce --from events.ndjson --stack analytics");
        source.AddTo(command);
        command.Options.Add(stream);
        command.Options.Add(stack);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var records = source.Open(parsed, context, new EventReader(EventLimits.Default), readsTwice: false);
            using var target = await StreamTarget.FindAsync(parsed.GetValue(stack), parsed.GetValue(stream), context, cancellationToken);
            return await SendAsync(records, target, context, cancellationToken);
        });
        return command;
    }

    private static async Task<int> SendAsync(RecordSource source, StreamTarget target, CommandContext context, CancellationToken cancellationToken)
    {
        var started = context.Clock.GetTimestamp();
        var sent = 0L;
        try
        {
            var result = await context.Terminal.StageAsync($"Sending {source.Title} to {target.StreamName}", source.Total, progress =>
                new RecordSender(new KinesisSink(target.Client, target.StreamName), context.Clock)
                {
                    Progress = done => progress.Report(sent = done),
                }.SendAsync(source.Records, source.Rate, cancellationToken));
            var elapsed = context.Clock.GetElapsedTime(started);
            context.Terminal.Out.WriteLine($"Sent {Terminal.Number(result.UserRecords)} events in {Terminal.Number(result.Records)} records to {target.StreamName} in {Terminal.Seconds(elapsed)}; {Terminal.Number(result.Retried)} retried.");
            var tooLarge = source.TooLarge + result.TooLarge;
            if (tooLarge == 0)
            {
                return ExitCode.Success;
            }

            context.Terminal.Fail(TooLarge(source, tooLarge));
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            context.Terminal.Note($"Sent {Terminal.Number(sent)} events before the command was interrupted.");
            throw;
        }
        catch (AmazonServiceException e)
        {
            throw new UserException($"{target.StreamName} does not accept records: {e.Message} {Terminal.Number(sent)} events were sent. Check the stream, the region and the credentials.", e);
        }
    }

    private static string TooLarge(RecordSource source, long count)
    {
        var where = source.FirstTooLarge is { } place ? $", the first in {place}" : "";
        return $"{Terminal.Number(count)} records of {source.Title} are too large to send (over {Terminal.Number(OutgoingRecord.MaxDataBytes)} bytes){where} and were skipped. Split or shorten them.";
    }
}
