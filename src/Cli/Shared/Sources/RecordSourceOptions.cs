using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Events;

namespace Analytics.Cli.Shared.Sources;

/// <summary>The options that say what to send; the same for every command that sends.</summary>
internal sealed class RecordSourceOptions
{
    private const string StandardInput = "-";

    private readonly Option<long> _events = new("--events")
    {
        Description = "How many sample events to send.",
        HelpName = "N",
        DefaultValueFactory = _ => 10_000,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "The same seed gives the same sample events, apart from their timestamps.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<DateTimeOffset?> _time = new("--time")
    {
        Description = "The time to which the events' timestamps refer, as 2026-03-01T12:00:00Z; now when not given.",
        HelpName = "TIME",
        CustomParser = ParseTime,
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "A file to send instead, gzip or not: NDJSON, a JSON array or an access log; - for standard input.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _format = new("--format")
    {
        Description = "ndjson (lines as they are), json-array or access-log (combined); detected when not given.",
        HelpName = "FORMAT",
    };

    private readonly Option<bool> _keepTime = new("--keep-time")
    {
        Description = "Keep an access log's times; otherwise they are moved so that its last line falls on now.",
    };

    private readonly Option<int?> _rate = new("--rate")
    {
        Description = "How many events to send a second; as fast as the stream takes them when not given.",
        HelpName = "R",
    };

    private readonly Option<bool> _aggregate = new("--aggregate")
    {
        Description = "Send events of one partition key in aggregates, as the Kinesis Producer Library does.",
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

    /// <summary>The records that the options ask for.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="context">Where files are, and where a warning goes.</param>
    /// <param name="reader">Finds the user of a record.</param>
    /// <param name="readsTwice">Whether the records may have to be counted first, so that standard input is kept in a temporary file.</param>
    /// <exception cref="UserException">The file cannot be read, or is not one of the formats.</exception>
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
            var input = path == StandardInput ? RecordInput.OfStream(context.StandardInput(), "standard input") : RecordInput.OfFile(context.PathOf(path));
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

        result.AddError($"--time '{text}' is not a time; write it as 2026-03-01T12:00:00Z.");
        return null;
    }
}
