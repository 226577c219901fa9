using System.CommandLine;
using Amazon.Runtime;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Sending;
using Analytics.Cli.Shared.Sources;
using Analytics.Cli.Shared.Targets;
using Analytics.Events;

namespace Analytics.Cli.Produce;

/// <summary><c>analytics produce</c>: sample events, or a file's, to a stream.</summary>
internal static class ProduceCommand
{
    public static Command Create(CommandContext context)
    {
        var source = new RecordSourceOptions();
        var stream = new Option<string?>("--stream") { Description = "The stream's name; that of the pipeline or stack when not given.", HelpName = "NAME" };
        var stack = Pipeline.StackOption();
        var command = new Command("produce", "Send sample events, or the events of a file, to the pipeline that runs on this machine or to a stack on AWS.");
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
            context.Terminal.Out.WriteLine($"Sent {Terminal.Number(result.UserRecords)} events in {Terminal.Number(result.Records)} records to {target.StreamName} in {Terminal.Seconds(elapsed)}; {Terminal.Number(result.Retried)} put again.");
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
            context.Terminal.Note($"Sent {Terminal.Number(sent)} events before the interruption.");
            throw;
        }
        catch (AmazonServiceException e)
        {
            throw new UserException($"{target.StreamName} takes no records: {e.Message} {Terminal.Number(sent)} events were sent. Check the stream, the region and the credentials.", e);
        }
    }

    private static string TooLarge(RecordSource source, long count)
    {
        var where = source.FirstTooLarge is { } place ? $", the first in {place}" : "";
        return $"{Terminal.Number(count)} records of {source.Title} are too large to send (over {Terminal.Number(OutgoingRecord.MaxDataBytes)} bytes){where}; they were left out. Split or shorten them.";
    }
}
