using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Sql;

namespace Analytics.Cli.Compact;

/// <summary><c>analytics compact</c>: compacts a day of archive objects to Parquet.</summary>
internal static class CompactCommand
{
    /// <summary>Time for batches that were in flight at midnight.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    public static Command Create(CommandContext context)
    {
        var day = new Option<string>("--day") { Description = "Day of arrival (UTC), such as 2026-03-01.", HelpName = "DAY", Required = true };
        var delete = new Option<bool>("--delete-originals")
        {
            Description = "Delete compacted objects. `replay` and `failures` then need the events in the stream.",
        };
        var unfinished = new Option<bool>("--unfinished") { Description = "Allow a day that is not over yet." };
        var archive = new ArchiveOptions();
        var command = new Verb(
            "compact",
            "Compact a day of archive objects to verified Parquet files, each event once.",
            "analytics compact --day 2026-03-01",
            "analytics compact --day 2026-03-01 --stack analytics --delete-originals")
        {
            day, delete, unfinished,
        };
        archive.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var date = ArchiveOptions.ParseDay(parsed.GetValue(day)!);
            if (!parsed.GetValue(unfinished) && context.Clock.GetUtcNow() < date.AddDays(1) + Grace)
            {
                throw new UserException($"{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} is not over. Wait until an hour after midnight UTC, or use --unfinished and run the command again later.");
            }

            var (store, owner) = await archive.OpenAsync(parsed, context, cancellationToken);
            using (owner)
            {
                var duckDb = await DuckDb.PrepareAsync(context, cancellationToken);
                using var work = WorkingFolder.Create(context.WorkFolder, "compact");
                var result = await context.Terminal.StageAsync(
                    $"Compacting {date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} in {store.Title}",
                    null,
                    progress => new Compaction(store, duckDb, work).RunAsync(date, parsed.GetValue(delete), progress, cancellationToken));
                Report(result, context);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Report(CompactionResult result, CommandContext context)
    {
        if (result.Parts.Count == 0)
        {
            throw new UserException("there are no archive objects for that day. Use another day or archive.");
        }

        if (result.NewParts.Count > 0)
        {
            Columns.Print(
                context.Terminal,
                ["Parquet", "Objects", "Events", "Bytes"],
                [false, true, true, true],
                result.NewParts.Select(part => new[]
                {
                    part.Key, Terminal.Number(part.Sources.Count), Terminal.Number(part.Rows), Terminal.Number(part.Bytes),
                }));
        }

        context.Terminal.Note(
            (result.NewParts.Count == 0 ? "Everything was already compacted" : $"Verified by count and checksum: {Terminal.Number(result.NewParts.Sum(part => part.Rows))} events")
            + (result.Deleted > 0 ? $"; {Terminal.Number(result.Deleted)} archive objects deleted." : $"; {Terminal.Number(result.Originals)} archive objects kept."));
    }
}
