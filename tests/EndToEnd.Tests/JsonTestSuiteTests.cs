using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary>The public JSON parsing test cases as records, each alone and as a member of an event.</summary>
public sealed class JsonTestSuiteTests : IDisposable
{
    private const string Before = """{"event_type":"click","case":""";
    private static readonly string[] Functions = ["Archive", "Counters", "Alerts", "Results"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NoneCrashesOrBlocksAFunctionAndEachIsArchivedOrInQuarantineUnchanged()
    {
        var cases = Cases().ToList();
        Assert.Equal(318, cases.Count);
        var records = cases.Select(one => (Name: one.Name + " alone", one.Data))
            .Concat(cases.Select(one => (Name: one.Name, Data: (byte[])[.. Encoding.UTF8.GetBytes(Before), .. one.Data, (byte)'}'])))
            .ToList();
        await File.WriteAllTextAsync(_folder.Combine("event.json"), Event(records.Select(record => record.Data)));

        using var up = AnalyticsCommand.Start(
            _folder.Path, ["up", "--data", "data", "--template", PipelineTemplate.Shipped], readyLine: "Stop with Ctrl-C.");
        await up.ReadyAsync();
        foreach (var function in Functions)
        {
            var result = await AnalyticsCommand.RunAsync(_folder.Path, ["invoke", function, "event.json"]);
            Assert.True(result.ExitCode == 0, $"{function}: {result}");
            Assert.Equal("""{"batchItemFailures":[]}""", result.Output.Trim());
        }

        await up.InterruptAsync();
        await up.WaitAsync();
        var (archived, quarantined) = Kept();
        Assert.Equal(records.Count, archived.Count + quarantined.Count);
        foreach (var (index, (name, data)) in records.Index())
        {
            var isArchived = archived.TryGetValue(index, out var kept);
            Assert.True(isArchived || quarantined.TryGetValue(index, out kept), $"{name} is in neither");
            Assert.True(data.AsSpan().SequenceEqual(kept), $"{name} has changed");
            var isMember = !name.EndsWith(" alone", StringComparison.Ordinal);
            Assert.False(isMember && name.StartsWith("y_", StringComparison.Ordinal) && !isArchived, $"{name} is valid and in quarantine");
            Assert.False(name.StartsWith("n_", StringComparison.Ordinal) && isArchived, $"{name} is not valid and in the archive");
        }
    }

    private static IEnumerable<(string Name, byte[] Data)> Cases()
    {
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests/EndToEnd.Tests/JsonTestSuite/cases.ndjson")))
        {
            using var json = JsonDocument.Parse(line);
            yield return (json.RootElement.GetProperty("name").GetString()!, Bytes(json.RootElement.GetProperty("input").GetString()!));
        }

        yield return ("n_structure_100000_opening_arrays", Bytes(new string('[', 100_000)));
        yield return ("n_structure_open_array_object", Bytes(string.Concat(Enumerable.Repeat("""[{"":""", 50_000)) + "\n"));
    }

    private static byte[] Bytes(string input)
    {
        var bytes = new List<byte>();
        foreach (var character in input.EnumerateRunes())
        {
            bytes.AddRange(character == Rune.ReplacementChar ? [0xE5] : Encoding.UTF8.GetBytes(character.ToString()));
        }

        return [.. bytes];
    }

    private static string Event(IEnumerable<byte[]> records) => $$"""{"Records":[{{string.Join(',', records.Select((data, index) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"p","sequenceNumber":"{{{index + 1}}}","data":"{{{Convert.ToBase64String(data)}}}","approximateArrivalTimestamp":1772366400.000},
        "eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000000:{{{index + 1}}}","eventName":"aws:kinesis:record",
        "invokeIdentityArn":"arn:aws:iam::000000000000:role/r","awsRegion":"us-east-1","eventSourceARN":"arn:aws:kinesis:us-east-1:000000000000:stream/s"}
        """)))}}]}""";

    /// <summary>The stored bytes of each record, by its position in the event.</summary>
    private (Dictionary<int, byte[]> Archived, Dictionary<int, byte[]> Quarantined) Kept()
    {
        var (archived, quarantined) = (new Dictionary<int, byte[]>(), new Dictionary<int, byte[]>());
        foreach (var line in LocalObjects.In(_folder.Combine("data")).Where(one => one.Key.EndsWith(".ndjson.gz", StringComparison.Ordinal)).SelectMany(one => Lines(one.Content)))
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 1_000 });
            var index = int.Parse(json.RootElement.GetProperty("sequence_number").GetString()!, CultureInfo.InvariantCulture) - 1;
            if (json.RootElement.TryGetProperty("reason", out _))
            {
                quarantined.Add(index, json.RootElement.GetProperty("data").GetBytesFromBase64());
            }
            else
            {
                archived.Add(index, json.RootElement.TryGetProperty("original_base64", out var original)
                    ? original.GetBytesFromBase64()
                    : Encoding.UTF8.GetBytes(json.RootElement.GetProperty("original_data").GetRawText()));
            }
        }

        return (archived, quarantined);
    }

    private static IEnumerable<string> Lines(byte[] content)
    {
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
