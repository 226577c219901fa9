using System.CommandLine;
using Analytics.Archiving;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Sql;

namespace Analytics.Cli.Query;

/// <summary><c>analytics query</c>: runs SQL on the archive.</summary>
internal static class QueryCommand
{
    public static Command Create(CommandContext context)
    {
        var sql = new Argument<string?>("sql") { Description = "One SELECT over the views events, quarantine and events_raw.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--file") { Description = "A file with the SQL query.", HelpName = "FILE" };
        var saved = new Option<string?>("--saved") { Description = "The name of a saved query in the folder src/Archiving/Sql/.", HelpName = "NAME" };
        var table = new Option<bool>("--table") { Description = "Print a table (default)." };
        var csv = new Option<bool>("--csv") { Description = "Print CSV." };
        var json = new Option<bool>("--json") { Description = "Print a JSON array." };
        var day = new Option<string?>("--day") { Description = "Records that arrived on this day (UTC), such as 2026-03-01.", HelpName = "DAY" };
        var from = new Option<string?>("--from") { Description = "Records that arrived in the hour of this time or later.", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "Records that arrived before this time or in its hour.", HelpName = "TIME" };
        var archive = new ArchiveOptions();
        var command = new Verb(
            "query",
            "Query the archive with SQL, run by DuckDB. The views return each record once.",
            "analytics query \"SELECT event_type, count(*) AS n FROM events GROUP BY 1\"",
            "analytics query --saved top-pages --archive out",
            "analytics query --file question.sql --stack analytics --day 2026-03-01 --csv")
        {
            sql, file, saved, table, csv, json, day, from, to,
        };
        archive.AddTo(command);
        command.Validators.Add(result =>
        {
            if (((bool[])[result.GetValue(table), result.GetValue(csv), result.GetValue(json)]).Count(isGiven => isGiven) > 1)
            {
                result.AddError("--table, --csv and --json are mutually exclusive.");
            }

            if (((string?[])[result.GetValue(sql), result.GetValue(file), result.GetValue(saved)]).Count(question => question is not null) != 1)
            {
                result.AddError("Specify one query: SQL, --file or --saved.");
            }

            if (result.GetValue(day) is not null && (result.GetValue(from) ?? result.GetValue(to)) is not null)
            {
                result.AddError("--day cannot be combined with --from or --to.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var span = Span(parsed.GetValue(day), parsed.GetValue(from), parsed.GetValue(to));
            if (archive.IsOnAws(parsed) && span.From is null)
            {
                throw new UsageException("an archive on AWS can be large: select a part of it with --day or --from.");
            }

            var text = parsed.GetValue(sql) ?? (parsed.GetValue(file) is { } path ? ReadFile(context.GetFullPath(path)) : null);
            var (store, owner) = await archive.OpenAsync(parsed, context, cancellationToken);
            using (owner)
            {
                var duckDb = await DuckDb.PrepareAsync(context, cancellationToken);
                text ??= new SavedQuestions(duckDb.Questions).Read(parsed.GetValue(saved)!);
                using var work = WorkingFolder.Create(context.WorkFolder, "query");
                var files = await FilesAsync(store, span, work, context, cancellationToken);
                await new ArchiveVerification(store, work).RequireWholeAsync(files, cancellationToken);
                IQueryOutput output = parsed.GetValue(csv) ? new CsvOutput(context.Terminal.Out)
                    : parsed.GetValue(json) ? new JsonOutput(context.Terminal.Out)
                    : new TableOutput(context.Terminal);
                await duckDb.AskAsync(files, span, work.Folder("temporary"), text, output, cancellationToken);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static ArchiveSpan Span(string? day, string? from, string? to)
    {
        if (day is not null)
        {
            return ArchiveSpan.Day(ArchiveOptions.ParseDay(day));
        }

        var span = ArchiveSpan.Create(
            from is null ? null : TimeArgument.Parse("--from", from),
            to is null ? null : TimeArgument.Parse("--to", to));
        return span.From < span.To || span.From is null || span.To is null ? span : throw new UsageException("--to must be after --from.");
    }

    private static async Task<ArchiveFiles> FilesAsync(
        IArchiveStore store, ArchiveSpan span, WorkingFolder work, CommandContext context, CancellationToken cancellationToken)
    {
        var keys = await ArchiveFiles.ListAsync(store, span, Enum.GetValues<ArchiveKind>(), cancellationToken);
        if (keys.Count == 0)
        {
            throw new UserException($"{store.Title} has no archive objects{(span.From is null && span.To is null ? "" : " in that time range")}. Send events, or use another time range or archive.");
        }

        return store is FolderArchiveStore folder
            ? new ArchiveFiles(folder.Folder, keys)
            : await context.Terminal.StageAsync(
                $"Fetching {Terminal.Number(keys.Count)} objects",
                keys.Count,
                progress => ArchiveFiles.DownloadAsync(store, keys, work.Folder("archive"), progress, cancellationToken));
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} cannot be read: {e.Message} Use a file with an SQL query.", e);
        }
    }
}
