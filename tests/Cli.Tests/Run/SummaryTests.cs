using System.Text.Json;
using Analytics.Cli.Run;
using Analytics.Cli.Shared.Output;
using Analytics.Counting;

namespace Analytics.Cli.Tests.Run;

public sealed class SummaryTests
{
    private static readonly RunSummary Complete = new()
    {
        Sent = 10_000,
        Archived = 9_990,
        Quarantined = 10,
        Results = 9_990,
        Alerts = 42,
        Failures = 0,
        Lost = 0,
        Seconds = 6.28,
        CounterValues = 321,
        CounterDifferences = 0,
        Duplicates = default,
        Functions = [new FunctionSummary("Archive", 12, 0, 10_000, new Dictionary<string, long> { ["s3:PutObject"] = 14 })
        {
            SentKilobytes = new Dictionary<string, long> { ["s3:PutObject"] = 1_320 },
            Duration = TimeSpan.FromMilliseconds(345.67),
            LogBytes = 4_321,
        }],
        Differences = [],
    };

    [Fact]
    public void TheJsonHasEveryFigureByItsName()
    {
        using var json = JsonDocument.Parse(SummaryJson.Write(Complete));
        var root = json.RootElement;
        Assert.Equal(
            ["sent", "archived", "quarantined", "bytes", "results", "replicated", "alerts", "failures", "lost", "dropped", "refusedFailures", "tooLarge", "seconds", "counters", "audit", "unused", "duplicates", "metrics", "functions", "differences"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(10_000, root.GetProperty("sent").GetInt64());
        Assert.Equal(6.28, root.GetProperty("seconds").GetDouble());
        Assert.Equal(321, root.GetProperty("counters").GetProperty("values").GetInt64());
        var archive = root.GetProperty("functions").GetProperty("Archive");
        Assert.Equal((12, 0, 10_000), (archive.GetProperty("invocations").GetInt64(), archive.GetProperty("errors").GetInt64(), archive.GetProperty("records").GetInt64()));
        Assert.Equal(14, archive.GetProperty("awsCalls").GetProperty("s3:PutObject").GetInt64());
        Assert.Equal(1_320, archive.GetProperty("awsKilobytes").GetProperty("s3:PutObject").GetInt64());
        Assert.Equal(345.7, archive.GetProperty("milliseconds").GetDouble());
        Assert.Equal(4_321, archive.GetProperty("logBytes").GetInt64());
    }

    [Fact]
    public void TextStatesThatNoRecordWasLost()
    {
        var text = Print(Complete);
        Assert.EndsWith("Nothing was lost: 10,000 sent = 9,990 archived + 10 quarantined, in 6.3 s.\n", text, StringComparison.Ordinal);
        Assert.Matches(@"\nArchived +9,990  events in S3, byte for byte\n", text);
        Assert.Matches(@"\nArchive +12 +0 +10,000  14 s3:PutObject\n", text);
    }

    [Fact]
    public void AbsentOutputsAreNullInJsonAndOmittedInText()
    {
        var without = Complete with { Results = null, Replicated = 10_000 };
        using var json = JsonDocument.Parse(SummaryJson.Write(without));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("results").ValueKind);
        Assert.Equal(10_000, json.RootElement.GetProperty("replicated").GetInt64());
        Assert.DoesNotContain("\nResults", Print(without), StringComparison.Ordinal);
        Assert.Matches(@"\nReplicated +10,000  records copied to the second stream", Print(without));
        Assert.DoesNotContain("\nReplicated", Print(Complete), StringComparison.Ordinal);
    }

    [Fact]
    public void ValuesThatWereNotUsedAreListedAndDoNotMakeARunIncomplete()
    {
        var unused = Complete with
        {
            Unused = [new("revenue", UnusedReason.NotANumber, 1_200), new("revenue", UnusedReason.OutOfRange, 3), new("views", UnusedReason.TimeUnreadable, 4)],
        };

        Assert.Matches(
            @"\nUnused +1,207  values that could not be counted: revenue 1,200 not_a_number, revenue 3 out_of_range, views 4 time_unreadable\n", Print(unused));
        Assert.True(unused.IsComplete);
        Assert.DoesNotContain("Unused", Print(Complete), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(SummaryJson.Write(unused));
        Assert.Equal("""{"revenue":{"not_a_number":1200,"out_of_range":3},"views":{"time_unreadable":4}}""", JsonSerializer.Serialize(json.RootElement.GetProperty("unused")));
    }

    [Fact]
    public void TextStatesWhatIsIncomplete()
    {
        var text = Print(Complete with { Lost = 3, Failures = 1, TooLarge = 2, Differences = ["3 records neither archived nor in quarantine"] });
        Assert.Contains("difference: 3 records neither archived nor in quarantine\n", text, StringComparison.Ordinal);
        Assert.EndsWith("Not complete: 3 lost, 1 batches in the failures queue, 2 too large to send, differences as above.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void DroppedRecordsAreReportedWithTheFunction()
    {
        var dropped = Complete with { Functions = [Complete.Functions[0] with { Dropped = 7, RefusedFailures = 2 }] };

        var text = Print(dropped);

        Assert.Matches(@"\nDropped +7  records that were neither processed nor reported in a failure record: Archive 7\n", text);
        Assert.EndsWith("Not complete: 7 records dropped, 2 failure records rejected by the on-failure destination.\n", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(SummaryJson.Write(dropped));
        Assert.Equal((7, 2), (json.RootElement.GetProperty("dropped").GetInt64(), json.RootElement.GetProperty("refusedFailures").GetInt64()));
    }

    [Fact]
    public void OnlyARunWithoutAnyShortfallIsComplete()
    {
        Assert.True(Complete.IsComplete);
        Assert.False((Complete with { Lost = 1 }).IsComplete);
        Assert.False((Complete with { Failures = 1 }).IsComplete);
        Assert.False((Complete with { TooLarge = 1 }).IsComplete);
        Assert.False((Complete with { Functions = [Complete.Functions[0] with { Dropped = 1 }] }).IsComplete);
        Assert.False((Complete with { Functions = [Complete.Functions[0] with { RefusedFailures = 1 }] }).IsComplete);
        Assert.False((Complete with { Differences = ["one"] }).IsComplete);
    }

    private static string Print(RunSummary summary)
    {
        using var output = new StringWriter { NewLine = "\n" };
        SummaryText.Print(summary, new Terminal(output, TextWriter.Null, isOutputInteractive: false, isErrorInteractive: false));
        return output.ToString();
    }
}
