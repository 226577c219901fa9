using System.Globalization;
using Analytics.Counting.Chain;
using Analytics.Counting.Keys;
using Analytics.Counting.Tallies;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Tests.Folding;

public sealed class CounterFoldTests
{
    private const string Views = """{"name":"views","pattern":{"event_type":["page_view"]},"measure":"count","by":["page_url"],"windows":["minute","hour","day"]}""";
    private const string Revenue = """{"name":"revenue","pattern":{"event_type":["purchase"]},"measure":"sum","field":"amount","windows":["day"]}""";

    [Fact]
    public void EventIsCountedInTheShortestWindowThatContainsItsTime()
    {
        var fold = Folded(Some.Plan(Views), 1, View("/a", "2026-11-21T11:59:59Z"), View("/a", "2026-11-20T23:00:00Z"));
        Assert.Equal(
            [
                "2026-11-20T23:00Z /a 1",
                "2026-11-21T11:59Z /a 1",
            ],
            Counts(fold));
        Assert.Equal((2, 2), (fold.Records, fold.Cells.Count));
    }

    [Theory]
    [InlineData("2026-11-14T12:00:00Z", "2026-11-14")]
    [InlineData("2026-11-14T11:59:59Z", "2026-11-21")]
    [InlineData("2026-11-22T00:00:00+11:30", "2026-11-21")]
    [InlineData("2026-11-21T13:00:01Z", "2026-11-21")]
    [InlineData("yesterday", "2026-11-21")]
    public void ATimeThatCannotBeBelievedIsTheArrivalTime(string time, string day)
    {
        var fold = Folded(Some.Plan(Revenue), 1, $$"""{"event_type":"purchase","amount":1,"timestamp":"{{time}}"}""");
        Assert.Equal(DateTimeOffset.Parse(day + "Z", CultureInfo.InvariantCulture), new DateTimeOffset(Assert.Single(fold.Cells).StartTicks, TimeSpan.Zero));
    }

    [Fact]
    public void MoneyIsExact()
    {
        var events = Enumerable.Repeat("""{"event_type":"purchase","amount":0.1}""", 3).Append("""{"event_type":"purchase","amount":"19.990000000000002"}""");
        var partial = Assert.Single(Folded(Some.Plan(Revenue), 1, [.. events]).Cells).Complete();
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
    public void EventWithoutAUsableNumberIsNotCounted(string json) => Assert.Empty(Folded(Some.Plan(Revenue), 1, json).Cells);

    [Theory]
    [InlineData("""{"event_type":"purchase","amount":"12,50"}""", UnusedReason.NotANumber)]
    [InlineData("""{"event_type":"purchase","amount":"NaN"}""", UnusedReason.NotANumber)]
    [InlineData("""{"event_type":"purchase","amount":""}""", UnusedReason.NotANumber)]
    [InlineData("""{"event_type":"purchase","amount":true}""", UnusedReason.NotANumber)]
    [InlineData("""{"event_type":"purchase","amount":1e17}""", UnusedReason.OutOfRange)]
    [InlineData("""{"event_type":"purchase","amount":"-1e17"}""", UnusedReason.OutOfRange)]
    [InlineData("""{"event_type":"purchase","amount":1e300}""", UnusedReason.OutOfRange)]
    [InlineData("""{"event_type":"purchase","amount":"1e300"}""", UnusedReason.OutOfRange)]
    [InlineData("""{"event_type":"purchase","amount":1,"timestamp":"yesterday"}""", UnusedReason.TimeUnreadable)]
    [InlineData("""{"event_type":"purchase","amount":1,"timestamp":""}""", UnusedReason.TimeUnreadable)]
    [InlineData("""{"event_type":"purchase","amount":1,"timestamp":1e40}""", UnusedReason.TimeUnreadable)]
    [InlineData("""{"event_type":"purchase","amount":1,"timestamp":"2026-11-14T11:59:59Z"}""", UnusedReason.TimeOutOfBounds)]
    [InlineData("""{"event_type":"purchase","amount":1,"timestamp":"2026-11-21T13:00:01Z"}""", UnusedReason.TimeOutOfBounds)]
    public void UnusedValueIsCounted(string json, UnusedReason reason) =>
        Assert.Equal([new UnusedValues("revenue", reason, 1)], Folded(Some.Plan(Revenue, Views), 1, json).GetUnused());

    [Theory]
    [InlineData("""{"event_type":"purchase"}""")]
    [InlineData("""{"event_type":"purchase","amount":null}""")]
    [InlineData("""{"event_type":"purchase","amount":{"value":1}}""")]
    [InlineData("""{"event_type":"purchase","amount":"12.50","timestamp":null}""")]
    [InlineData("""{"event_type":"purchase","amount":1,"timestamp":"2026-11-14T12:00:00Z"}""")]
    [InlineData("""{"event_type":"click","amount":"12,50","timestamp":"yesterday"}""")]
    [InlineData("not JSON")]
    public void AbsentValueOrValueOfAnotherEventIsNotCountedAsUnused(string json) => Assert.Empty(Folded(Some.Plan(Revenue), 1, json).GetUnused());

    [Fact]
    public void UnusedValuesAreCountedByCounterAndReason()
    {
        const string Distinct = """{"name":"users","pattern":{"event_type":["purchase"]},"measure":"distinct","field":"data.users","windows":["day"]}""";
        const string Largest = """{"name":"largest","pattern":{"event_type":["purchase"]},"measure":"max","field":"data.price","windows":["day"]}""";

        var fold = Folded(
            Some.Plan(Revenue, Distinct, Largest),
            1,
            """{"event_type":"purchase","amount":"12,50","price":{},"users":["a"]}""",
            """{"event_type":"purchase","amount":"NaN","price":[1],"users":{}}""",
            """{"event_type":"purchase","amount":1e17,"price":1e17,"users":null,"timestamp":"yesterday"}""");

        Assert.Equal(
            [
                new UnusedValues("revenue", UnusedReason.NotANumber, 2),
                new UnusedValues("revenue", UnusedReason.OutOfRange, 1),
                new UnusedValues("users", UnusedReason.NotAScalar, 2),
                new UnusedValues("largest", UnusedReason.NotANumber, 2),
                new UnusedValues("largest", UnusedReason.TimeUnreadable, 1),
            ],
            fold.GetUnused());
    }

    [Fact]
    public void EveryReasonHasAName() => Assert.Equal(
        ["not_a_number", "out_of_range", "not_a_scalar", "time_unreadable", "time_out_of_bounds"], Enum.GetValues<UnusedReason>().Select(reason => reason.GetName()));

    [Fact]
    public void EachMeasureUsesItsOwnInput()
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
        var fold = Folded(
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
    public void HostileValuesHaveDistinctKeys(string escaped)
    {
        var plan = Some.Plan(Views);
        var encoded = Encode(plan, $$"""{"event_type":"page_view","page_url":"{{escaped}}"}""");
        Assert.DoesNotContain('|', encoded);
        Assert.False(encoded.StartsWith('('), encoded);
        Assert.NotEqual(encoded, Encode(plan, """{"event_type":"page_view"}"""));
    }

    [Fact]
    public void AMissingValueIsNoneAndNoTextIs()
    {
        var plan = Some.Plan(Views);
        Assert.Equal("(none)", Encode(plan, """{"event_type":"page_view","page_url":null}"""));
        Assert.Equal("%28none%29", Encode(plan, """{"event_type":"page_view","page_url":"(none)"}"""));
    }

    [Fact]
    public void PairsOfValuesAreNotMistakenForOneAnother()
    {
        var plan = Some.Plan("""{"name":"pairs","pattern":{"event_type":[{"exists":true}]},"measure":"count","by":["page_url","user_id"],"windows":["day"]}""");
        var fold = Folded(
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
    public void LongValuesHaveDistinctKeysOfBoundedLength()
    {
        var plan = Some.Plan(Views);
        var beginning = new string('x', 100_000);
        var first = Encode(plan, $$"""{"event_type":"page_view","page_url":"{{beginning}}1"}""");
        var second = Encode(plan, $$"""{"event_type":"page_view","page_url":"{{beginning}}2"}""");
        Assert.NotEqual(first, second);
        Assert.Equal(ValueText.MaxPartBytes, first.Length);
        Assert.Equal(first, Encode(plan, $$"""{"event_type":"page_view","page_url":"\u0078{{beginning[1..]}}1"}"""));
    }

    [Fact]
    public void TheLastTextIsTheOneThatArrivedLastCutBetweenCharacters()
    {
        var plan = Some.Plan("""{"name":"errors","pattern":{"event_type":["error"]},"measure":"count","windows":["day"],"last":"message"}""");
        var text = "z" + string.Concat(Enumerable.Repeat("😀", 1000));
        var fold = Folded(
            plan, 1, """{"event_type":"error","message":"first"}""", $$"""{"event_type":"error","message":"{{text}}"}""", """{"event_type":"error"}""");
        var partial = Assert.Single(fold.Cells).Complete();
        Assert.Equal((3, text[..499]), (partial.Count, partial.Last));
        Assert.Equal(Some.Noon, partial.LastAt);
    }

    [Fact]
    public void AWindowNeverExpiresInThePast()
    {
        var counter = Some.Plan("""{"name":"c","pattern":{"event_type":["x"]},"measure":"count","windows":["day"],"retention":"1d"}""").Counters[0];
        var day = TimeSpan.FromDays(1);
        var start = Some.Noon - TimeSpan.FromHours(12);
        Assert.Equal(start + day + day, counter.GetExpiry(CounterWindow.Day, start.Ticks, Some.Noon));
        Assert.Equal(start + day + day, counter.GetExpiry(CounterWindow.Day, (start - (30 * day)).Ticks, Some.Noon));
    }

    [Fact]
    public void OfTextsThatArrivedTogetherTheGreaterIsTheLastHoweverTheyAreBatched()
    {
        var plan = Some.Plan("""{"name":"errors","pattern":{"event_type":["error"]},"measure":"count","windows":["day"],"last":"message"}""");
        string[] events = [.. new[] { "b", "c", "a" }.Select(message => $$"""{"event_type":"error","message":"{{message}}"}""")];
        var whole = Assert.Single(Folded(plan, 1, events).Cells).Complete();
        var parts = new Tally();
        foreach (var json in events)
        {
            parts.Merge(Assert.Single(Folded(plan, 1, json).Cells).Complete());
        }

        Assert.Equal(("c", "c"), (whole.Last, parts.Last));
    }

    private static string View(string page, string time) => $$"""{"event_type":"page_view","page_url":"{{page}}","timestamp":"{{time}}"}""";

    private static BatchSlice Folded(CounterPlan plan, int first, params string[] events) => Some.Fold(plan, first, events).Whole;

    private static string Encode(CounterPlan plan, string json) => Assert.Single(Folded(plan, 1, json).Cells).Value.Encoded;

    private static IEnumerable<string> Counts(BatchSlice slice) =>
        slice.Cells.Select(cell => $"{CounterKeys.GetStart(cell.StartTicks)} {cell.Value.Encoded} {cell.Complete().Count}").Order(StringComparer.Ordinal);
}
