using Analytics.Events.Tests;

namespace Analytics.Events.Definitions.Tests;

public sealed class DefinitionsTests
{
    private const string Counter = "\"name\":\"c\",\"pattern\":{\"event_type\":[\"a\"]}";

    [Fact]
    public void ACounterIsReadWhole()
    {
        var definitions = Definitions.Parse("""
            {"counters":[{"name":"page_views_2","description":"Views.","pattern":{"event_type":["page_view"]},"measure":"sum","field":"data.cart.total",
              "by":["page_url","data.shop"],"windows":["day","minute"],"limit":5,"retention":"36h","last":"message"}]}
            """u8);

        var counter = Assert.Single(definitions.Counters);
        Assert.Empty(definitions.Alerts);
        Assert.Equal("page_views_2", counter.Name);
        Assert.Equal("Views.", counter.Description);
        Assert.True(counter.Pattern.Matches(Some.Event("""{"event_type":"page_view"}""")));
        Assert.Equal(Measure.Sum, counter.Measure);
        Assert.Equal("data.cart.total", counter.Field!.ToString());
        Assert.Equal(["page_url", "data.shop"], counter.By.Select(by => by.ToString()));
        Assert.Equal([CounterWindow.Day, CounterWindow.Minute], counter.Windows);
        Assert.Equal(5, counter.Limit);
        Assert.Equal(TimeSpan.FromHours(36), counter.Retention);
        Assert.Equal("message", counter.Last!.ToString());
        Assert.Null(counter.Where);
    }

    [Fact]
    public void OmittedCounterPropertiesHaveDefaults()
    {
        var counter = Assert.Single(Definitions.Parse(Some.Utf8($$"""{"counters":[{{{Counter}},"measure":"count","windows":["hour"]}]}""")).Counters);

        Assert.Equal("", counter.Description);
        Assert.Null(counter.Field);
        Assert.Empty(counter.By);
        Assert.Equal(10_000, counter.Limit);
        Assert.Equal(TimeSpan.FromDays(90), counter.Retention);
        Assert.Null(counter.Last);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"$schema":"x","counters":[],"alerts":[]}""")]
    [InlineData("\uFEFF{}")]
    public void CountersAndAlertsAreOptional(string json)
    {
        var definitions = Definitions.Parse(Some.Utf8(json));
        Assert.Empty(definitions.Counters);
        Assert.Empty(definitions.Alerts);
    }

    [Theory]
    [InlineData("count")]
    [InlineData("sum", true)]
    [InlineData("min", true)]
    [InlineData("max", true)]
    [InlineData("average", true)]
    [InlineData("distinct", true)]
    [InlineData("percentiles", true)]
    [InlineData("rate")]
    public void EveryMeasureHasItsName(string name, bool hasField = false)
    {
        var field = hasField ? ",\"field\":\"amount\"" : "";
        var where = name == "rate" ? ",\"where\":{\"amount\":[1]}" : "";
        var counter = Assert.Single(Definitions.Parse(Some.Utf8($$"""{"counters":[{{{Counter}},"measure":"{{name}}","windows":["day"]{{field}}{{where}}}]}""")).Counters);
        Assert.Equal(name, counter.Measure.ToString().ToLowerInvariant());
        Assert.Equal(name == "rate", counter.Where is not null);
    }

    [Theory]
    [InlineData("", "not valid JSON at line 1, byte 1.")]
    [InlineData("{\n\"counters\":[,]}", "not valid JSON at line 2, byte 13.")]
    [InlineData("{} {}", "not valid JSON at line 1, byte 4.")]
    [InlineData("[]", "expected an object, found an array.")]
    [InlineData("""{"counter":[]}""", "counter: unknown; expected counters, alerts or $schema.")]
    [InlineData("""{"counters":[],"counters":[]}""", "counters: given twice.")]
    [InlineData("""{"counters":{}}""", "counters: expected an array, found an object.")]
    [InlineData("""{"counters":[7]}""", "counters[0]: expected an object, found a number.")]
    [InlineData("""{"$schema":1}""", "$schema: expected a string, found a number.")]
    [InlineData("""{"\ud800":1}""", "the text is not valid Unicode.")]
    public void AFaultOfTheWholeIsOneLine(string json, string fault) => AssertFault(json, fault);

    [Theory]
    [InlineData("\"measure\":\"count\",\"windows\":[\"day\"]", "counters[0].name: missing.", "\"pattern\":{\"amount\":[1]}")]
    [InlineData("\"measure\":\"count\",\"windows\":[\"day\"]", "counters[0].pattern: missing.", "\"name\":\"c\"")]
    [InlineData("\"windows\":[\"day\"]", "counters[0].measure: missing.")]
    [InlineData("\"measure\":\"count\"", "counters[0].windows: missing.")]
    [InlineData("\"measure\":\"count\",\"windows\":[]", "counters[0].windows: expected at least one of minute, hour, day.")]
    [InlineData("\"windows\":[\"day\",\"week\"]", "counters[0].windows[1]: expected minute, hour or day.")]
    [InlineData("\"windows\":[\"day\",\"hour\",\"day\"]", "counters[0].windows[2]: given twice.")]
    [InlineData("\"windows\":\"day\"", "counters[0].windows: expected an array, found a string.")]
    [InlineData("\"measure\":\"mean\"", "counters[0].measure: expected count, sum, min, max, average, distinct, percentiles or rate.")]
    [InlineData("\"measure\":\"sum\",\"windows\":[\"day\"]", "counters[0].field: missing; the measure needs a field.")]
    [InlineData("\"measure\":\"count\",\"field\":\"amount\",\"windows\":[\"day\"]", "counters[0].field: the measures count and rate have no field.")]
    [InlineData("\"measure\":\"rate\",\"windows\":[\"day\"]", "counters[0].where: missing; the measure rate needs the pattern of the share.")]
    [InlineData("\"measure\":\"count\",\"where\":{\"amount\":[1]},\"windows\":[\"day\"]", "counters[0].where: only the measure rate has it.")]
    [InlineData("\"where\":{\"amount\":[]}", "counters[0].where.amount: expected at least one condition, found an empty array.")]
    [InlineData("\"field\":\"userId\"", "counters[0].field: not a field of events; expected a canonical name such as page_url, or data.x.y for the producer's own JSON.")]
    [InlineData("\"by\":[\"user_id\",5]", "counters[0].by[1]: expected a string, found a number.")]
    [InlineData("\"by\":[\"user_id\",\"user_id\"]", "counters[0].by[1]: given twice.")]
    [InlineData("\"measure\":\"count\",\"windows\":[\"day\"],\"by\":[\"user_id\",\"city\",\"country\"]", "counters[0].by: expected at most 2 fields, found 3.")]
    [InlineData("\"limit\":0", "counters[0].limit: expected a whole number from 1 to 1000000.")]
    [InlineData("\"limit\":1.5", "counters[0].limit: expected a whole number from 1 to 1000000.")]
    [InlineData("\"limit\":\"7\"", "counters[0].limit: expected a whole number from 1 to 1000000.")]
    [InlineData("\"retention\":\"90\"", "counters[0].retention: expected days or hours such as 90d or 36h, at most 3650d.")]
    [InlineData("\"retention\":\"0d\"", "counters[0].retention: expected days or hours such as 90d or 36h, at most 3650d.")]
    [InlineData("\"retention\":\"3651d\"", "counters[0].retention: expected days or hours such as 90d or 36h, at most 3650d.")]
    [InlineData("\"retention\":\"-1d\"", "counters[0].retention: expected days or hours such as 90d or 36h, at most 3650d.")]
    [InlineData("\"retention\":\"999999d\"", "counters[0].retention: expected days or hours such as 90d or 36h, at most 3650d.")]
    [InlineData("\"retention\":\"d\"", "counters[0].retention: expected days or hours such as 90d or 36h, at most 3650d.")]
    [InlineData("\"window\":[]", "counters[0].window: unknown; expected name, description, pattern, measure, field, where, by, windows, limit, retention or last.")]
    [InlineData("\"x\":1", "counters[0].name: expected lower-case letters, digits and underscores, a letter first, at most 64.", "\"name\":\"Page\"")]
    [InlineData("\"x\":1", "counters[0].name: expected lower-case letters, digits and underscores, a letter first, at most 64.", "\"name\":\"1a\"")]
    [InlineData("\"x\":1", "counters[0].name: expected lower-case letters, digits and underscores, a letter first, at most 64.", "\"name\":\"\"")]
    [InlineData("\"x\":1", "counters[0].name: expected lower-case letters, digits and underscores, a letter first, at most 64.", "\"name\":\"a2345678901234567890123456789012345678901234567890123456789012345\"")]
    [InlineData("\"x\":1", "counters[0].pattern.amount[0].numeric[1]: expected a number, found a string.", "\"name\":\"c\",\"pattern\":{\"amount\":[{\"numeric\":[\">\",\"5\"]}]}")]
    [InlineData("\"x\":1", "counters[0].pattern: expected an object, found a string.", "\"name\":\"c\",\"pattern\":\"x\"")]
    public void AFaultOfACounterNamesItsPath(string members, string fault, string first = Counter) =>
        AssertFault($$"""{"counters":[{{{first}},{{members}}}]}""", fault);

    [Fact]
    public void NamesAreUnique()
    {
        var counter = $$"""{{{Counter}},"measure":"count","windows":["day"]}""";
        AssertFault($$"""{"counters":[{{counter}},{{counter}}]}""", "counters[1].name: the name 'c' is already used.");
    }

    [Fact]
    public void UnreadableFileIsReported()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "no-such-folder", "definitions.json");
        var exception = Assert.Throws<DefinitionsException>(() => Definitions.Load(path));
        Assert.Equal($"{path}: there is no such file", exception.Message);
    }

    private static void AssertFault(string json, string fault)
    {
        var exception = Assert.Throws<DefinitionsException>(() => Definitions.Parse(Some.Utf8(json)));
        Assert.Equal($"definitions.json: {fault}", exception.Message);
    }
}
