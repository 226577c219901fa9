using System.Text.Json.Serialization;

namespace Analytics.Dashboard.Model;

/// <summary><c>info</c>: the pipeline that the page shows.</summary>
/// <param name="Title">Its name.</param>
/// <param name="IsLocal">Whether it runs on this machine.</param>
/// <param name="Region">Its region.</param>
/// <param name="Started">When the page's server started.</param>
/// <param name="NotShown">Sentences on what the page cannot show of it.</param>
internal sealed record InfoEntry(string Title, bool IsLocal, string Region, DateTimeOffset Started, IReadOnlyList<string> NotShown);

/// <summary><c>node/ID</c>: a box of the data flow.</summary>
/// <param name="Kind">producer, stream, function, bucket, table, topic or queue.</param>
/// <param name="Title">Its name.</param>
/// <param name="Detail">A few words on its state.</param>
/// <param name="State">ok, busy or failing.</param>
internal sealed record NodeEntry(string Kind, string Title, string Detail, string State);

/// <summary><c>edge/FROM&gt;TO</c>: a line of the data flow.</summary>
/// <param name="From">The node that it leaves.</param>
/// <param name="To">The node that it enters.</param>
/// <param name="Rate">How many a second, over the last seconds; null when it is not known.</param>
/// <param name="Total">How many since the start.</param>
/// <param name="Unit">events or calls.</param>
internal sealed record EdgeEntry(string From, string To, double? Rate, long Total, string Unit);

/// <summary><c>function/ID</c>: a function's state.</summary>
internal sealed record FunctionEntry
{
    /// <summary>Its memory in MB, of the process that took most; 0 when it is not known.</summary>
    public int MemoryMb { get; init; }

    /// <summary>Invocations.</summary>
    public long Invocations { get; init; }

    /// <summary>Invocations that failed.</summary>
    public long Errors { get; init; }

    /// <summary>Invocations that were refused.</summary>
    public long Throttles { get; init; }

    /// <summary>Processes started.</summary>
    public long ColdStarts { get; init; }

    /// <summary>Invocations that run now.</summary>
    public int InFlight { get; init; }

    /// <summary>The average time of an invocation, in milliseconds.</summary>
    public double DurationMs { get; init; }

    /// <summary>Records processed, each once.</summary>
    public long Records { get; init; }

    /// <summary>Records a second.</summary>
    public double Rate { get; init; }

    /// <summary>Records that it was given again.</summary>
    public long Retried { get; init; }

    /// <summary>Records that were read and wait.</summary>
    public long Waiting { get; init; }

    /// <summary>The iterator age of the latest invocations, in milliseconds: the highest of the shards.</summary>
    public double AgeMs { get; init; }

    /// <summary>Whether its log can be shown.</summary>
    public bool HasLog { get; init; }

    /// <summary>What the service says of it, such as Active; empty when there is nothing to say.</summary>
    public string Status { get; init; } = "";
}

/// <summary><c>shard/ID</c>: a shard and how far its readers are.</summary>
/// <param name="IsOpen">Whether it takes records.</param>
/// <param name="Start">Where its range of hash keys starts, from 0 to 1.</param>
/// <param name="End">Where its range of hash keys ends, from 0 to 1.</param>
/// <param name="Rate">Records a second; null when it is not known.</param>
/// <param name="Waiting">Records that were read and wait, of all readers.</param>
/// <param name="InFlight">Records that functions are invoked with now.</param>
/// <param name="Failing">How often the batches whose turn it is have failed, of all readers.</param>
/// <param name="AgeMs">The highest iterator age of the latest invocations, in milliseconds.</param>
internal sealed record ShardEntry(bool IsOpen, double Start, double End, double? Rate, long Waiting, long InFlight, int Failing, double AgeMs);

/// <summary><c>throughput</c>: events a second over the last minutes.</summary>
/// <param name="End">When the last second ends, in seconds since the epoch.</param>
/// <param name="In">Read from the stream.</param>
/// <param name="Done">Processed by the function that is furthest behind.</param>
internal sealed record ThroughputEntry(long End, IReadOnlyList<double> In, IReadOnlyList<double> Done);

/// <summary><c>counter/NAME</c>: a counter's definition.</summary>
internal sealed record CounterEntry(
    int Order, string Description, string Measure, string? Field, IReadOnlyList<string> By, IReadOnlyList<string> Windows, string? Last);

/// <summary><c>series/NAME/WINDOW</c>: a counter over the windows of one length.</summary>
/// <param name="Starts">The windows' starts, in seconds since the epoch.</param>
/// <param name="Lines">The lines of its chart.</param>
/// <param name="Headline">The number that stands for it: the total of a count or sum, the latest value of any other.</param>
/// <param name="Values">How many values it has.</param>
/// <param name="Top">The highest values.</param>
internal sealed record SeriesEntry(
    IReadOnlyList<long> Starts, IReadOnlyList<LineEntry> Lines, decimal? Headline, int Values, IReadOnlyList<ValueEntry> Top);

/// <summary><c>expected/NAME/WINDOW</c>: what anomaly rules expected of a counter.</summary>
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

/// <summary>A line of a chart; null where there is nothing.</summary>
internal sealed record LineEntry(string Name, IReadOnlyList<double?> Points);

/// <summary>One value of a counter.</summary>
/// <param name="Name">The value.</param>
/// <param name="Count">The events counted.</param>
/// <param name="Number">The measure; null when there is none.</param>
/// <param name="Last">The last text, or null.</param>
internal sealed record ValueEntry(string Name, long Count, decimal? Number, string? Last);

/// <summary><c>feed/NAME</c>: how many entries a feed has had.</summary>
internal sealed record FeedEntry(long Total, string Detail);

/// <summary><c>alert/N</c>, <c>failure/N</c>, <c>quarantine/N</c>: an entry of a feed.</summary>
/// <param name="Time">When.</param>
/// <param name="Title">A few words.</param>
/// <param name="Fields">What there is to know, by name.</param>
internal sealed record FeedItem(DateTimeOffset Time, string Title, IReadOnlyList<FieldEntry> Fields);

/// <summary>A name and a text.</summary>
/// <param name="Name">The name.</param>
/// <param name="Text">The text.</param>
/// <param name="IsDetail">Whether it is shown on request only.</param>
internal sealed record FieldEntry(string Name, string Text, bool IsDetail = false);

/// <summary><c>trouble/PART</c>: why a part of the page is not up to date.</summary>
internal sealed record TroubleEntry(string Message);

/// <summary>The JSON of the page's document.</summary>
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
