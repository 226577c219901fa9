using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Samples;
using Analytics.Cli.Shared.Sending;
using Analytics.Events;

namespace Analytics.Cli.Shared.Sources;

/// <summary>Records to send, from a file or generated.</summary>
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

    /// <summary>The title, such as <c>10,000 sample events</c>.</summary>
    public string Title { get; }

    /// <summary>The number of events, or null if it is known only after reading them.</summary>
    public long? Total { get; }

    /// <summary>Returns the approximate number of events: <see cref="Total"/>, or the number of records in the file, which is read.</summary>
    /// <exception cref="UserException">The file can no longer be read.</exception>
    public long Estimate() => Total ?? _file?.Count() ?? 0;

    /// <summary>Returns the same records in aggregates of the Kinesis Producer Library.</summary>
    public RecordSource Aggregated() => new($"{Title} in aggregates", Total, Rate, Aggregation.Aggregate(Records), _file);

    /// <summary>Events per second, or null for no limit.</summary>
    public int? Rate { get; }

    /// <summary>The records, which can be read once.</summary>
    public IEnumerable<OutgoingRecord> Records { get; }

    /// <summary>Number of records skipped because of their size; complete after all records were read.</summary>
    public long TooLarge => _file?.TooLarge ?? 0;

    /// <summary>The location of the first skipped record, such as <c>line 7</c>, or null.</summary>
    public string? FirstTooLarge => _file?.FirstTooLarge;

    /// <summary>
    /// Creates sample events. With a rate, they occur at the time of sending, from <paramref name="now"/> on; otherwise they are distributed over the hour before it.
    /// </summary>
    public static RecordSource OfSamples(long count, ulong seed, DateTimeOffset now, int? rate)
    {
        DateTimeOffset GetTime(long number) => rate is { } perSecond
            ? now + TimeSpan.FromSeconds((double)number / perSecond)
            : now - (SampleSpan * ((double)(count - number) / count));

        return new RecordSource($"{Terminal.Number(count)} sample events", count, rate, new SampleEvents(seed, GetTime).Take(count));
    }

    /// <summary>Creates a source from a file.</summary>
    public static RecordSource OfFile(RecordFile file, string name, EventReader reader, int? rate) =>
        new($"the {(file.Format == RecordFileFormat.AccessLog ? "access log" : "events in")} {name}", null, rate, file.Records(reader), file);
}
