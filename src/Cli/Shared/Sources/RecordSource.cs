using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Samples;
using Analytics.Cli.Shared.Sending;
using Analytics.Events;

namespace Analytics.Cli.Shared.Sources;

/// <summary>Records to send, from wherever they come.</summary>
internal sealed class RecordSource
{
    private static readonly TimeSpan SampleSpan = TimeSpan.FromHours(1);
    private readonly RecordFile? _file;

    private RecordSource(string title, long? total, int? rate, IEnumerable<OutgoingRecord> records, RecordFile? file = null)
    {
        Title = title;
        Total = total;
        Rate = rate;
        Records = records;
        _file = file;
    }

    /// <summary>What is sent, for example <c>10,000 sample events</c>.</summary>
    public string Title { get; }

    /// <summary>How many events there are, or null when only reading them tells.</summary>
    public long? Total { get; }

    /// <summary>About how many events there are: <see cref="Total"/>, or else the records of the file, which are read for that.</summary>
    /// <exception cref="UserException">The file can no longer be read.</exception>
    public long Estimate() => Total ?? _file?.Count() ?? 0;

    /// <summary>The same records in aggregates of the Kinesis Producer Library.</summary>
    public RecordSource Aggregated() => new($"{Title} in aggregates", Total, Rate, Aggregation.Of(Records), _file);

    /// <summary>Events a second, or null for as fast as can be.</summary>
    public int? Rate { get; }

    /// <summary>The records; to be read once.</summary>
    public IEnumerable<OutgoingRecord> Records { get; }

    /// <summary>Lines that were left out for their size; complete once all records were read.</summary>
    public long TooLarge => _file?.TooLarge ?? 0;

    /// <summary>The place of the first record left out, as <c>line 7</c>; null for none.</summary>
    public string? FirstTooLarge => _file?.FirstTooLarge;

    /// <summary>
    /// Sample events. Paced ones happen as they are sent, from <paramref name="now"/> on; others spread over the hour before it.
    /// </summary>
    public static RecordSource OfSamples(long count, ulong seed, DateTimeOffset now, int? rate)
    {
        DateTimeOffset TimeOf(long number) => rate is { } perSecond
            ? now + TimeSpan.FromSeconds((double)number / perSecond)
            : now - (SampleSpan * ((double)(count - number) / count));

        return new RecordSource($"{Terminal.Number(count)} sample events", count, rate, new SampleEvents(seed, TimeOf).Take(count));
    }

    /// <summary>The records of a file.</summary>
    public static RecordSource OfFile(RecordFile file, string name, EventReader reader, int? rate) =>
        new($"the {(file.Format == RecordFileFormat.AccessLog ? "access log" : "events in")} {name}", null, rate, file.Records(reader), file);
}
