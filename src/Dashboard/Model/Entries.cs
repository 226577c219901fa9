using System.Text.Json.Serialization;

namespace Analytics.Dashboard.Model;

/// <summary><c>info</c>: the pipeline that the page shows.</summary>
/// <param name="Title">The name.</param>
/// <param name="IsLocal">Whether it runs on this machine.</param>
/// <param name="Region">Its region.</param>
/// <param name="Started">The start time of the page's server.</param>
/// <param name="NotShown">Sentences on data that the page cannot show.</param>
internal sealed record InfoEntry(string Title, bool IsLocal, string Region, DateTimeOffset Started, IReadOnlyList<string> NotShown);

/// <summary><c>node/ID</c>: a box of the data flow.</summary>
/// <param name="Kind">producer, stream, function, bucket, table, topic or queue.</param>
/// <param name="Title">The name.</param>
/// <param name="Detail">A short description of its state.</param>
/// <param name="State">ok, busy or failing.</param>
internal sealed record NodeEntry(string Kind, string Title, string Detail, string State);

/// <summary><c>edge/FROM&gt;TO</c>: a line of the data flow.</summary>
/// <param name="From">The source node.</param>
/// <param name="To">The target node.</param>
/// <param name="Rate">The rate per second over the last seconds, or null if it is unknown.</param>
/// <param name="Total">The number since the start.</param>
/// <param name="Unit">events or calls.</param>
internal sealed record EdgeEntry(string From, string To, double? Rate, long Total, string Unit);

/// <summary><c>function/ID</c>: a function's state.</summary>
internal sealed record FunctionEntry
{
    /// <summary>The memory in MB of the largest process; 0 if unknown.</summary>
    public int MemoryMb { get; init; }

    /// <summary>Number of invocations.</summary>
    public long Invocations { get; init; }

    /// <summary>Number of failed invocations.</summary>
    public long Errors { get; init; }

    /// <summary>Number of throttled invocations.</summary>
    public long Throttles { get; init; }

    /// <summary>Number of processes started.</summary>
    public long ColdStarts { get; init; }

    /// <summary>Number of running invocations.</summary>
    public int InFlight { get; init; }

    /// <summary>Average duration of an invocation in milliseconds.</summary>
    public double DurationMs { get; init; }

    /// <summary>Number of processed records, each counted once.</summary>
    public long Records { get; init; }

    /// <summary>Records per second.</summary>
    public double Rate { get; init; }

    /// <summary>Number of redelivered records.</summary>
    public long Retried { get; init; }

    /// <summary>Number of waiting records.</summary>
    public long Waiting { get; init; }

    /// <summary>The iterator age of the latest invocations in milliseconds: the maximum over the shards.</summary>
    public double AgeMs { get; init; }

    /// <summary>Whether its log is available.</summary>
    public bool HasLog { get; init; }

    /// <summary>The state reported by the service, such as Active; may be empty.</summary>
    public string Status { get; init; } = "";
}

/// <summary><c>shard/ID</c>: a shard and the progress of its readers.</summary>
/// <param name="IsOpen">Whether it is open for writes.</param>
/// <param name="Start">The start of its hash key range, from 0 to 1.</param>
/// <param name="End">The end of its hash key range, from 0 to 1.</param>
/// <param name="Rate">Records per second, or null if unknown.</param>
/// <param name="Waiting">Number of waiting records over all readers.</param>
/// <param name="InFlight">Number of records in running invocations.</param>
/// <param name="Failing">Number of failed attempts of the current batches over all readers.</param>
/// <param name="AgeMs">The maximum iterator age of the latest invocations in milliseconds.</param>
internal sealed record ShardEntry(bool IsOpen, double Start, double End, double? Rate, long Waiting, long InFlight, int Failing, double AgeMs);

/// <summary><c>throughput</c>: events per second over the last minutes.</summary>
/// <param name="End">The end of the last second, in seconds since the epoch.</param>
/// <param name="In">Events read from the stream.</param>
/// <param name="Done">Events processed by the slowest function.</param>
internal sealed record ThroughputEntry(long End, IReadOnlyList<double> In, IReadOnlyList<double> Done);

/// <summary><c>counter/NAME</c>: a counter's definition.</summary>
internal sealed record CounterEntry(
    int Order, string Description, string Measure, string? Field, IReadOnlyList<string> By, IReadOnlyList<string> Windows, string? Last);

/// <summary><c>series/NAME/WINDOW</c>: a counter over windows of one length.</summary>
/// <param name="Starts">The windows' starts, in seconds since the epoch.</param>
/// <param name="Lines">The lines of its chart.</param>
/// <param name="Headline">The headline number: the total of a count or sum, or the latest value of another measure.</param>
/// <param name="Values">The number of values.</param>
/// <param name="Top">The highest values.</param>
internal sealed record SeriesEntry(
    IReadOnlyList<long> Starts, IReadOnlyList<LineEntry> Lines, decimal? Headline, int Values, IReadOnlyList<ValueEntry> Top);

/// <summary><c>expected/NAME/WINDOW</c>: a counter's values with the expected ranges of anomaly rules.</summary>
/// <param name="Bands">The series with an expected range.</param>
internal sealed record ExpectedEntry(IReadOnlyList<BandEntry> Bands);

/// <summary>A series with its expected range.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Value">The counter's value; null for the total.</param>
/// <param name="Starts">The windows' starts, in seconds since the epoch, ascending.</param>
/// <param name="Values">The value of each window.</param>
/// <param name="Low">The lower end of the expected range of each window.</param>
/// <param name="High">The upper end of the expected range of each window.</param>
/// <param name="Score">The score of each window, from 0 to 1.</param>
internal sealed record BandEntry(
    string Rule,
    string? Value,
    IReadOnlyList<long> Starts,
    IReadOnlyList<float> Values,
    IReadOnlyList<float> Low,
    IReadOnlyList<float> High,
    IReadOnlyList<float> Score);

/// <summary>A line of a chart, with null for missing points.</summary>
internal sealed record LineEntry(string Name, IReadOnlyList<double?> Points);

/// <summary>A value of a counter.</summary>
/// <param name="Name">The value.</param>
/// <param name="Count">The number of counted events.</param>
/// <param name="Number">The measure, or null if there is none.</param>
/// <param name="Last">The last text, or null.</param>
internal sealed record ValueEntry(string Name, long Count, decimal? Number, string? Last);

/// <summary><c>feed/NAME</c>: the number of entries of a feed.</summary>
internal sealed record FeedEntry(long Total, string Detail);

/// <summary><c>alert/N</c>, <c>failure/N</c>, <c>quarantine/N</c>: an entry of a feed.</summary>
/// <param name="Time">The time.</param>
/// <param name="Title">The title.</param>
/// <param name="Fields">The details by name.</param>
internal sealed record FeedItem(DateTimeOffset Time, string Title, IReadOnlyList<FieldEntry> Fields);

/// <summary>A name and a text.</summary>
/// <param name="Name">The name.</param>
/// <param name="Text">The text.</param>
/// <param name="IsDetail">Whether it is shown only on request.</param>
internal sealed record FieldEntry(string Name, string Text, bool IsDetail = false);

/// <summary><c>trouble/PART</c>: the reason why a part of the page is out of date.</summary>
internal sealed record TroubleEntry(string Message);

/// <summary>JSON serialization of the page's document.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InfoEntry))]
[JsonSerializable(typeof(NodeEntry))]
[JsonSerializable(typeof(EdgeEntry))]
[JsonSerializable(typeof(FunctionEntry))]
[JsonSerializable(typeof(ShardEntry))]
[JsonSerializable(typeof(ThroughputEntry))]
[JsonSerializable(typeof(CounterEntry))]
[JsonSerializable(typeof(SeriesEntry))]
[JsonSerializable(typeof(ExpectedEntry))]
[JsonSerializable(typeof(FeedEntry))]
[JsonSerializable(typeof(FeedItem))]
[JsonSerializable(typeof(TroubleEntry))]
[JsonSerializable(typeof(Controls.ProducerState))]
[JsonSerializable(typeof(Serving.LogPage))]
internal sealed partial class EntryJson : JsonSerializerContext;
