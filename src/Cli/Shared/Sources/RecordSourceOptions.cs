using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Events;

namespace Analytics.Cli.Shared.Sources;

/// <summary>The options that select the records to send, shared by all commands that send records.</summary>
internal sealed class RecordSourceOptions
{
    private const string StandardInput = "-";

    private readonly Option<long> _events = new("--events")
    {
        Description = "Number of sample events to send.",
        HelpName = "N",
        DefaultValueFactory = _ => 10_000,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of the sample events. The same seed gives the same events, except for timestamps.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<DateTimeOffset?> _time = new("--time")
    {
        Description = "Reference time of the events, such as 2026-03-01T12:00:00Z. Default: now.",
        HelpName = "TIME",
        CustomParser = ParseTime,
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "File to send: NDJSON, a JSON array or an access log, plain or gzip; - for standard input.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _format = new("--format")
    {
        Description = "ndjson, json-array or access-log (combined format). Default: detected.",
        HelpName = "FORMAT",
    };

    private readonly Option<bool> _keepTime = new("--keep-time")
    {
        Description = "Keep the times of an access log. Default: shift them so that the last line is now.",
    };

    private readonly Option<int?> _rate = new("--rate")
    {
        Description = "Events per second. Default: as fast as the stream accepts them.",
        HelpName = "R",
    };

    private readonly Option<bool> _aggregate = new("--aggregate")
    {
        Description = "Aggregate events of a partition key as the Kinesis Producer Library does.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _format.AcceptOnlyFromAmong("ndjson", "json-array", "access-log");
        foreach (var option in (Option[])[_events, _seed, _time, _from, _format, _keepTime, _rate, _aggregate])
        {
            command.Options.Add(option);
        }

        _events.Validators.Add(result => OptionRules.AtLeast(result, 0));
        _rate.Validators.Add(result => OptionRules.AtLeast(result, 1));
        command.Validators.Add(result =>
        {
            var hasFile = IsGiven(result, _from);
            Reject(result, hasFile, _events, "--from sends a whole file");
            Reject(result, hasFile, _seed, "--from sends a whole file");
            Reject(result, !hasFile, _format, "sample events have no format");
            Reject(result, !hasFile, _keepTime, "sample events have no times to keep");
        });
    }

    /// <summary>Opens the selected records.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="context">Resolves paths and prints warnings.</param>
    /// <param name="reader">Finds the user of a record.</param>
    /// <param name="readsTwice">Whether the records are read twice, so that standard input has to be stored in a temporary file.</param>
    /// <exception cref="UserException">The file cannot be read or has an unsupported format.</exception>
    public RecordSource Open(ParseResult parsed, CommandContext context, EventReader reader, bool readsTwice)
    {
        var source = OpenRecords(parsed, context, reader, readsTwice);
        return parsed.GetValue(_aggregate) ? source.Aggregated() : source;
    }

    private RecordSource OpenRecords(ParseResult parsed, CommandContext context, EventReader reader, bool readsTwice)
    {
        var now = parsed.GetValue(_time) ?? context.Clock.GetUtcNow();
        var rate = parsed.GetValue(_rate);
        if (parsed.GetValue(_from) is { } path)
        {
            RecordFileFormat? format = parsed.GetValue(_format) switch
            {
                "ndjson" => RecordFileFormat.Ndjson,
                "json-array" => RecordFileFormat.JsonArray,
                "access-log" => RecordFileFormat.AccessLog,
                _ => null,
            };
            DateTimeOffset? movedTo = parsed.GetValue(_keepTime) ? null : now;
            var input = path == StandardInput ? RecordInput.OfStream(context.StandardInput(), "standard input") : RecordInput.OfFile(context.GetFullPath(path));
            var temporary = Path.Combine(context.WorkFolder, "tmp");
            var file = RecordFile.Open(readsTwice ? input.Spool(temporary) : input, format, movedTo, temporary);
            if (file.Warning is { } warning)
            {
                context.Terminal.Note(warning);
            }

            return RecordSource.OfFile(file, input.Name, reader, rate);
        }

        return RecordSource.OfSamples(parsed.GetValue(_events), parsed.GetValue(_seed), now, rate);
    }

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static void Reject(CommandResult result, bool when, Option option, string reason)
    {
        if (when && IsGiven(result, option))
        {
            result.AddError($"{option.Name} does not apply: {reason}.");
        }
    }

    private static DateTimeOffset? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        result.AddError($"--time '{text}' is not a time. Use a time such as 2026-03-01T12:00:00Z.");
        return null;
    }
}
