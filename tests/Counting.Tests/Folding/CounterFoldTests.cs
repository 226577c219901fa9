using System.Globalization;
using Analytics.Counting.Keys;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Tests.Folding;

public sealed class CounterFoldTests
{
    private const string Views = """{"name":"views","pattern":{"event_type":["page_view"]},"measure":"count","by":["page_url"],"windows":["minute","hour","day"]}""";
    private const string Revenue = """{"name":"revenue","pattern":{"event_type":["purchase"]},"measure":"sum","field":"amount","windows":["day"]}""";

    [Fact]
    public void AnEventCountsInEachWindowThatItsTimeLiesIn()
    {
        var fold = Some.Fold(Some.Plan(Views), 1, View("/a", "2026-11-21T11:59:59Z"), View("/a", "2026-11-20T23:00:00Z"));
        Assert.Equal(
            [
                "views|day|2026-11-20T00:00Z /a 1",
                "views|day|2026-11-21T00:00Z /a 1",
                "views|hour|2026-11-20T23:00Z /a 1",
                "views|hour|2026-11-21T11:00Z /a 1",
                "views|minute|2026-11-20T23:00Z /a 1",
                "views|minute|2026-11-21T11:59Z /a 1",
            ],
            Counts(fold, "views"));
        Assert.Equal((2, 6), (fold.Records, fold.Keys));
    }

    [Theory]
    [InlineData("2026-11-14T12:00:00Z", "2026-11-14")]
    [InlineData("2026-11-14T11:59:59Z", "2026-11-21")]
    [InlineData("2026-11-22T00:00:00+11:30", "2026-11-21")]
    [InlineData("2026-11-21T13:00:01Z", "2026-11-21")]
    [InlineData("yesterday", "2026-11-21")]
    public void ATimeThatCannotBeBelievedIsTheArrivalTime(string time, string day)
    {
        var fold = Some.Fold(Some.Plan(Revenue), 1, $$"""{"event_type":"purchase","amount":1,"timestamp":"{{time}}"}""");
        Assert.Equal(DateTimeOffset.Parse(day + "Z", CultureInfo.InvariantCulture), Assert.Single(fold.Cells).Start);
    }

    [Fact]
    public void MoneyIsExact()
    {
        var events = Enumerable.Repeat("""{"event_type":"purchase","amount":0.1}""", 3).Append("""{"event_type":"purchase","amount":"19.990000000000002"}""");
        var partial = Assert.Single(Some.Fold(Some.Plan(Revenue), 1, [.. events]).Cells).Complete();
        Assert.Equal((4, 20.290000000000002m), (partial.Count, partial.Sum!.Value.ToDecimal()));
    }

    [Theory]
    [InlineData("""{"event_type":"purchase"}""")]
    [InlineData("""{"event_type":"purchase","amount":null}""")]
    [InlineData("""{"event_type":"purchase","amount":"a lot"}""")]
    [InlineData("""{"event_type":"purchase","amount":{"value":1}}""")]
    [InlineData("""{"event_type":"purchase","amount":1e17}""")]
    [InlineData("""{"event_type":"purchase","amount":-1e28}""")]
    [InlineData("""{"event_type":"purchase","amount":1e300}""")]
    [InlineData("""{"event_type":"click","amount":1}""")]
    [InlineData("not JSON")]
    public void WhatHasNoUsableNumberDoesNotCount(string json) => Assert.Empty(Some.Fold(Some.Plan(Revenue), 1, json).Cells);

    [Fact]
    public void EachMeasureTakesWhatItIsAbout()
    {
        string Counter(string measure, string rest = "") =>
            $$"""{"name":"{{measure}}","pattern":{"event_type":["page_view"]},"measure":"{{measure}}",{{rest}}"windows":["day"]}""";
        var plan = Some.Plan(
            Counter("min", "\"field\":\"load_time\","),
            Counter("max", "\"field\":\"load_time\","),
            Counter("average", "\"field\":\"load_time\","),
            Counter("percentiles", "\"field\":\"load_time\","),
            Counter("distinct", "\"field\":\"user_id\","),
            Counter("rate", "\"where\":{\"pages_viewed\":[1]},"));
        var fold = Some.Fold(
            plan,
            1,
            """{"event_type":"page_view","load_time":100,"user_id":"a","pages_viewed":1}""",
            """{"event_type":"page_view","load_time":-2.5,"user_id":"b","pages_viewed":2}""",
            """{"event_type":"page_view","load_time":300,"user_id":"a"}""",
            """{"event_type":"page_view"}""");
        var partials = fold.Cells.ToDictionary(cell => plan.Counters[cell.Value.Counter].Definition.Name, cell => cell.Complete());
        Assert.Equal((3, -2.5m), (partials["min"].Count, partials["min"].Min));
        Assert.Equal((3, 300m), (partials["max"].Count, partials["max"].Max));
        Assert.Equal((3, 397.5m), (partials["average"].Count, partials["average"].Sum!.Value.ToDecimal()));
        Assert.Equal((3, 3), (partials["percentiles"].Count, partials["percentiles"].Percentiles!.Count));
        Assert.Equal((3, 2), (partials["distinct"].Count, partials["distinct"].Distinct!.Estimate()));
        Assert.Equal((4, 1m), (partials["rate"].Count, partials["rate"].Sum!.Value.ToDecimal()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a|b")]
    [InlineData("(other)")]
    [InlineData("\\u0000\\u001f")]
    [InlineData("\\ud83d")]
    [InlineData("\\ude00\\ud83d")]
    public void HostileValuesHaveKeysOfTheirOwn(string escaped)
    {
        var plan = Some.Plan(Views);
        var encoded = EncodedOf(plan, $$"""{"event_type":"page_view","page_url":"{{escaped}}"}""");
        Assert.DoesNotContain('|', encoded);
        Assert.False(encoded.StartsWith('('), encoded);
        Assert.NotEqual(encoded, EncodedOf(plan, """{"event_type":"page_view"}"""));
    }

    [Fact]
    public void AMissingValueIsNoneAndNoTextIs()
    {
        var plan = Some.Plan(Views);
        Assert.Equal("(none)", EncodedOf(plan, """{"event_type":"page_view","page_url":null}"""));
        Assert.Equal("%28none%29", EncodedOf(plan, """{"event_type":"page_view","page_url":"(none)"}"""));
    }

    [Fact]
    public void PairsOfValuesAreNotMistakenForOneAnother()
    {
        var plan = Some.Plan("""{"name":"pairs","pattern":{"event_type":[{"exists":true}]},"measure":"count","by":["page_url","user_id"],"windows":["day"]}""");
        var fold = Some.Fold(
            plan,
            1,
            """{"page_url":"a,b","user_id":"c"}""",
            """{"page_url":"a","user_id":"b,c"}""",
            """{"page_url":"a"}""",
            """{"user_id":"a"}""",
            """{"page_url":"a","user_id":""}""");
        Assert.Equal(
            ["(none),a", "a%2Cb,c", "a,", "a,(none)", "a,b%2Cc"],
            fold.Cells.Select(cell => cell.Value.Encoded).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void LongValuesAreToldApartByTheirEndsAndTakeNoMoreThanAKey()
    {
        var plan = Some.Plan(Views);
        var beginning = new string('x', 100_000);
        var first = EncodedOf(plan, $$"""{"event_type":"page_view","page_url":"{{beginning}}1"}""");
        var second = EncodedOf(plan, $$"""{"event_type":"page_view","page_url":"{{beginning}}2"}""");
        Assert.NotEqual(first, second);
        Assert.Equal(ValueText.MaxPartBytes, first.Length);
        Assert.Equal(first, EncodedOf(plan, $$"""{"event_type":"page_view","page_url":"\u0078{{beginning[1..]}}1"}"""));
    }

    [Fact]
    public void TheLastTextIsTheOneThatArrivedLastCutBetweenCharacters()
    {
        var plan = Some.Plan("""{"name":"errors","pattern":{"event_type":["error"]},"measure":"count","windows":["day"],"last":"message"}""");
        var text = "a" + string.Concat(Enumerable.Repeat("😀", 1000));
        var fold = Some.Fold(
            plan, 1, """{"event_type":"error","message":"first"}""", $$"""{"event_type":"error","message":"{{text}}"}""", """{"event_type":"error"}""");
        var partial = Assert.Single(fold.Cells).Complete();
        Assert.Equal((3, text[..499]), (partial.Count, partial.Last));
        Assert.Equal(Some.Noon, partial.LastAt);
    }

    [Fact]
    public void FoldingAgainTakesOnlyTheRecordsAboveWhatIsStored()
    {
        var plan = Some.Plan(Revenue, Views);
        var fold = Some.Fold(
            plan,
            10,
            """{"event_type":"purchase","amount":1}""",
            """{"event_type":"purchase","amount":2}""",
            View("/a", "2026-11-21T12:00:00Z"),
            """{"event_type":"purchase","amount":4}""");
        var revenue = fold.Cells.Single(cell => cell.Value.Counter == 0);
        Assert.Equal((0, 3), (revenue.First, revenue.Last));
        Assert.Equal(1, fold.FirstAbove(Streaming.SequenceNumber.Parse(Some.SequenceNumber(10))));
        revenue.Restart(1);
        fold.FoldAgain();
        Assert.Equal((2, 6m), (revenue.Complete().Count, revenue.Partial.Sum!.Value.ToDecimal()));
        Assert.Equal((1, 3), (revenue.First, revenue.Last));
        revenue.Settle();
        fold.FoldAgain();
        Assert.Equal(2, revenue.Partial.Count);
        Assert.All(fold.Cells.Where(cell => cell.Value.Counter == 1), cell => Assert.Equal(1, cell.Partial.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(14)]
    public void TheRecordsAboveASequenceNumberAreFound(int number)
    {
        var fold = Some.Fold(Some.Plan(Revenue), 10, "{}", "{}", "{}", "{}");
        Assert.Equal(Math.Clamp(number - 9, 0, 4), fold.FirstAbove(Streaming.SequenceNumber.Parse(Some.SequenceNumber(number))));
    }

    [Fact]
    public void APartialNeverExpiresInThePast()
    {
        var counter = Some.Plan("""{"name":"c","pattern":{"event_type":["x"]},"measure":"count","windows":["day"],"retention":"1d"}""").Counters[0];
        var day = TimeSpan.FromDays(1);
        var start = Some.Noon - TimeSpan.FromHours(12);
        Assert.Equal(start + day + day, counter.ExpiryOf(CounterWindow.Day, start, Some.Noon));
        Assert.Equal(Some.Noon + day, counter.ExpiryOf(CounterWindow.Day, start - (30 * day), Some.Noon));
    }

    private static string View(string page, string time) => $$"""{"event_type":"page_view","page_url":"{{page}}","timestamp":"{{time}}"}""";

    private static string EncodedOf(CounterPlan plan, string json) => Assert.Single(Some.Fold(plan, 1, json).Cells.DistinctBy(cell => cell.Value)).Value.Encoded;

    private static IEnumerable<string> Counts(CounterFold fold, string counter) =>
        fold.Cells.Select(cell => $"{cell.PartitionKey(counter)} {cell.Value.Encoded} {cell.Complete().Count}").Order(StringComparer.Ordinal);
}
