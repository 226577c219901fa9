using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Shared.Archive;

/// <summary>The options that select the archive to read.</summary>
internal sealed class ArchiveOptions
{
    private readonly Option<string?> _archive = new("--archive")
    {
        Description = "Output folder of `analytics run --out`, instead of the pipeline running on this machine.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _stack = Pipeline.StackOption();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_archive);
        command.Options.Add(_stack);
    }

    /// <summary>Returns whether the archive is on AWS, where it can be large.</summary>
    public bool IsOnAws(ParseResult parsed) => parsed.GetValue(_stack) is not null;

    /// <summary>Opens the archive. The caller disposes of the returned owner.</summary>
    /// <exception cref="UserException">There is no archive.</exception>
    public async Task<(IArchiveStore Store, IDisposable? Owner)> OpenAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_archive) is { } folder)
        {
            return parsed.GetValue(_stack) is null
                ? (FolderArchiveStore.Open(context.GetFullPath(folder)), null)
                : throw new UsageException("--archive and --stack cannot be combined. Use one of them.");
        }

        if (parsed.GetValue(_stack) is null && LocalState.FindRunning(context.WorkFolder) is null)
        {
            throw new UserException("no pipeline is running on this machine. Start one with `analytics up`, or use --archive with the output folder of `analytics run --out`, or --stack with a stack on AWS.");
        }

        var pipeline = await Pipeline.FindAsync(parsed.GetValue(_stack), context, cancellationToken);
        return (new BucketArchiveStore(pipeline.S3, pipeline.Resource(ResourceNames.ArchiveBucket)), pipeline);
    }

    /// <summary>Parses a day such as 2026-03-01.</summary>
    /// <exception cref="UsageException">The text is not a day.</exception>
    public static DateTime ParseDay(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
            ? day
            : throw new UsageException($"--day {text} is not a day. Use a UTC date such as 2026-03-01.");
}
