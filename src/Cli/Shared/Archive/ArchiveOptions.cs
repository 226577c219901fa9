using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Shared.Archive;

/// <summary>The options that say which archive a command reads.</summary>
internal sealed class ArchiveOptions
{
    private readonly Option<string?> _archive = new("--archive")
    {
        Description = "A folder that `analytics run --out` wrote to, instead of the pipeline that runs on this machine.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _stack = Pipeline.StackOption();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_archive);
        command.Options.Add(_stack);
    }

    /// <summary>Whether the archive is on AWS, where it can be large.</summary>
    public bool IsOnAws(ParseResult parsed) => parsed.GetValue(_stack) is not null;

    /// <summary>Finds the archive; what is given back with it is to be disposed of.</summary>
    /// <exception cref="UserException">There is none.</exception>
    public async Task<(IArchiveStore Store, IDisposable? Owner)> OpenAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_archive) is { } folder)
        {
            return parsed.GetValue(_stack) is null
                ? (FolderArchiveStore.Open(context.PathOf(folder)), null)
                : throw new UsageException("--archive and --stack name two archives. Give one of them.");
        }

        if (parsed.GetValue(_stack) is null && LocalState.FindRunning(context.WorkFolder) is null)
        {
            throw new UserException("no pipeline runs on this machine; start one with `analytics up`, name a folder that `analytics run --out` wrote to with --archive, or a stack on AWS with --stack.");
        }

        var pipeline = await Pipeline.FindAsync(parsed.GetValue(_stack), context, cancellationToken);
        return (new BucketArchiveStore(pipeline.S3, pipeline.Resource(ResourceNames.ArchiveBucket)), pipeline);
    }

    /// <summary>Reads a day, as 2026-03-01.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static DateTime ParseDay(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
            ? day
            : throw new UsageException($"--day {text} is not a day. Give one as 2026-03-01, in UTC.");
}
