using System.Globalization;
using System.Text.Json;
using Analytics.Events;

namespace Analytics.Cli.Tests.Samples;

/// <summary>The sample invocation events in <c>events/</c>.</summary>
public sealed class SampleFilesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "events");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder).Select(path => Path.GetFileNameWithoutExtension(path)!)];

    [Theory]
    [InlineData("flat-snake-case", EventDialect.FlatSnakeCase, "page_view", "purchase")]
    [InlineData("flat-camel-case", EventDialect.FlatCamelCase, "page_view", "purchase", "user_signup")]
    [InlineData("envelope", EventDialect.Envelope, "page_view", "purchase", "error")]
    [InlineData("retail", EventDialect.Retail, "purchase", "purchase")]
    [InlineData("cloudevents", EventDialect.CloudEvents, "page_view", "purchase")]
    [InlineData("unknown", EventDialect.Unknown, "unknown")]
    [InlineData("gzip", EventDialect.FlatSnakeCase, "page_view", "purchase")]
    [InlineData("kpl-aggregated", EventDialect.FlatCamelCase, "page_view", "purchase", "page_view", "user_signup")]
    [InlineData("time-window", EventDialect.FlatSnakeCase, "page_view", "purchase")]
    public void SampleIsReadAsItsNameStates(string name, EventDialect dialect, params string[] types)
    {
        var events = Read(name);
        Assert.Equal(types, events.Select(found => found.Type));
        Assert.All(events, found => Assert.Equal(dialect, found.Dialect));
        Assert.All(events, found => Assert.Null(found.Reason));
    }

    [Fact]
    public void TheMalformedSampleHasOneOfEachKindAndThenAnEvent()
    {
        var records = Read("malformed");
        MalformedReason?[] reasons =
        [
            MalformedReason.NotJson, MalformedReason.NotAnObject, MalformedReason.NotAnObject, MalformedReason.InvalidUtf8, MalformedReason.Empty,
            MalformedReason.TooDeep, MalformedReason.NumberNotFinite, MalformedReason.InvalidGzip, MalformedReason.InvalidAggregate, null,
        ];
        Assert.Equal(reasons, records.Select(record => record.Reason));
    }

    [Fact]
    public void TheCompressedSampleIsCompressed() =>
        Assert.All(Data("gzip"), data => Assert.Equal([0x1F, 0x8B], data[..2]));

    [Fact]
    public void AggregatedSampleHoldsThreeUserRecordsAndOnePlainRecord()
    {
        var data = Data("kpl-aggregated");
        Assert.Equal(2, data.Count);
        Assert.Equal([0xF3, 0x89, 0x9A, 0xC2], data[0][..4]);
        Assert.Equal((byte)'{', data[1][0]);
    }

    [Fact]
    public void TimeWindowSampleHasTheMembersOfATumblingWindow()
    {
        using var json = Parse("time-window");
        var root = json.RootElement;
        var start = root.GetProperty("window").GetProperty("start").GetDateTimeOffset();
        var end = root.GetProperty("window").GetProperty("end").GetDateTimeOffset();
        Assert.Equal(TimeSpan.FromMinutes(1), end - start);
        Assert.Equal(JsonValueKind.Object, root.GetProperty("state").ValueKind);
        Assert.StartsWith(root.GetProperty("shardId").GetString() + ":", root.GetProperty("Records")[0].GetProperty("eventID").GetString(), StringComparison.Ordinal);
        Assert.False(root.GetProperty("isFinalInvokeForWindow").GetBoolean());
        Assert.False(root.GetProperty("isWindowTerminatedEarly").GetBoolean());
        foreach (var record in root.GetProperty("Records").EnumerateArray())
        {
            Assert.Equal(root.GetProperty("eventSourceARN").GetString(), record.GetProperty("eventSourceARN").GetString());
            var arrival = DateTimeOffset.FromUnixTimeMilliseconds((long)(record.GetProperty("kinesis").GetProperty("approximateArrivalTimestamp").GetDouble() * 1000));
            Assert.InRange(arrival, start, end);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryRecordIsAsLambdaDeliversIt(string name)
    {
        using var json = Parse(name);
        var previous = System.Numerics.BigInteger.Zero;
        foreach (var record in json.RootElement.GetProperty("Records").EnumerateArray())
        {
            var kinesis = record.GetProperty("kinesis");
            var sequenceNumber = kinesis.GetProperty("sequenceNumber").GetString()!;
            Assert.Matches("^[0-9]{56}$", sequenceNumber);
            var number = System.Numerics.BigInteger.Parse(sequenceNumber, CultureInfo.InvariantCulture);
            Assert.True(number > previous);
            previous = number;
            Assert.Equal("1.0", kinesis.GetProperty("kinesisSchemaVersion").GetString());
            Assert.Matches($"^shardId-[0-9]{{12}}:{sequenceNumber}$", record.GetProperty("eventID").GetString());
            Assert.Equal("aws:kinesis", record.GetProperty("eventSource").GetString());
            Assert.Equal("aws:kinesis:record", record.GetProperty("eventName").GetString());
            Assert.Equal("1.0", record.GetProperty("eventVersion").GetString());
            Assert.StartsWith("arn:aws:kinesis:us-east-1:", record.GetProperty("eventSourceARN").GetString(), StringComparison.Ordinal);
            Assert.StartsWith("arn:aws:iam::", record.GetProperty("invokeIdentityArn").GetString(), StringComparison.Ordinal);
            Assert.Equal("us-east-1", record.GetProperty("awsRegion").GetString());
            Assert.InRange(kinesis.GetProperty("partitionKey").GetString()!.Length, 1, 256);
            Assert.True(kinesis.GetProperty("data").TryGetBytesFromBase64(out _));
        }

        Assert.NotEqual(System.Numerics.BigInteger.Zero, previous);
    }

    [Fact]
    public void SamplesShareNoShardAndNoSequenceNumber()
    {
        // With the same shard, a function would skip the second sample's records as duplicates, and its archive object would overwrite the first one's.
        var samples = Directory.GetFiles(Folder).Select(path => Path.GetFileNameWithoutExtension(path)).Select(name =>
        {
            using var json = Parse(name);
            var ids = json.RootElement.GetProperty("Records").EnumerateArray().Select(record => record.GetProperty("eventID").GetString()!.Split(':')).ToList();
            return (Shard: Assert.Single(ids.Select(id => id[0]).Distinct()), Numbers: ids.ConvertAll(id => id[1]));
        }).ToList();

        Assert.Equal(samples.Count, samples.Select(sample => sample.Shard).Distinct().Count());
        Assert.Equal(samples.Sum(sample => sample.Numbers.Count), samples.SelectMany(sample => sample.Numbers).Distinct().Count());
    }

    private static List<(EventDialect? Dialect, string? Type, MalformedReason? Reason)> Read(string name)
    {
        var reader = new EventReader(EventLimits.Default);
        var found = new List<(EventDialect?, string?, MalformedReason?)>();
        foreach (var data in Data(name))
        {
            foreach (ref readonly var user in reader.Read(data))
            {
                found.Add(user.IsEvent
                    ? (user.Event.Dialect, user.Event.Text(EventField.EventType).ToString(), null)
                    : (null, null, user.Malformed.Reason));
            }
        }

        return found;
    }

    private static List<byte[]> Data(string name)
    {
        using var json = Parse(name);
        return [.. json.RootElement.GetProperty("Records").EnumerateArray().Select(record => record.GetProperty("kinesis").GetProperty("data").GetBytesFromBase64())];
    }

    private static JsonDocument Parse(string name) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json")));
}
