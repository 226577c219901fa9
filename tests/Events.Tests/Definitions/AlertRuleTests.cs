using Analytics.Events.Tests;

namespace Analytics.Events.Definitions.Tests;

public sealed class AlertRuleTests
{
    private const string Match = "\"name\":\"a\",\"subject\":\"s\",\"pattern\":{\"event_type\":[\"a\"]},\"fields\":[\"amount\"]";
    private const string Threshold = "\"name\":\"a\",\"type\":\"threshold\",\"subject\":\"s\",\"counter\":\"errors\",\"when\":{\"above\":50}";
    private const string Anomaly = "\"name\":\"a\",\"type\":\"anomaly\",\"subject\":\"s\",\"counter\":\"errors\"";

    private const string Counters = """
        {"name":"errors","pattern":{"event_type":["error"]},"measure":"count","by":["error_code"],"windows":["minute","hour"]},
        {"name":"events","pattern":{"event_type":["a"]},"measure":"count","windows":["minute"]},
        {"name":"times","pattern":{"event_type":["a"]},"measure":"percentiles","field":"load_time","windows":["minute"]},
        {"name":"times_by","pattern":{"event_type":["a"]},"measure":"percentiles","field":"load_time","by":["page_url"],"windows":["minute"]}
        """;

    [Fact]
    public void AMatchIsReadWhole()
    {
        var rule = Assert.IsType<MatchRule>(Parse("""
            "name":"a","type":"match","description":"d","severity":"critical","pattern":{"event_type":["a"]},"subject":"Look: {key}!","text":"{{{amount}}} by {data.x}",
            "fields":["amount","data.x"],"cooldown":{"period":"90m","by":["user_id","data.x"]},"enabled":false
            """));

        Assert.Equal(("a", "d", AlertSeverity.Critical, false), (rule.Name, rule.Description, rule.Severity, rule.IsEnabled));
        Assert.Equal("Look: {key}!", rule.Subject.ToString());
        Assert.Equal("{<amount>} by <data.x>", rule.Text!.Fill(name => $"<{name}>"));
        Assert.Equal(["amount", "data.x"], rule.Fields.Select(field => field.ToString()));
        Assert.Equal(TimeSpan.FromMinutes(90), rule.Cooldown!.Period);
        Assert.Equal(["user_id", "data.x"], rule.Cooldown.By.Select(field => field.ToString()));
        Assert.True(rule.Pattern.Matches(Some.Event("""{"event_type":"a"}""")));
    }

    [Fact]
    public void ARuleOfTheTimeBeforeTypesIsAMatchThatSendsEveryAlert()
    {
        var rule = Assert.IsType<MatchRule>(Parse("""
            "name":"high_value_order","description":"d","pattern":{"event_type":["purchase"]},"subject":"High-Value Order Detected","fields":["amount"]
            """));

        Assert.Equal((AlertSeverity.Warning, true), (rule.Severity, rule.IsEnabled));
        Assert.Null(rule.Text);
        Assert.Null(rule.Cooldown);
    }

    [Fact]
    public void AThresholdIsReadWhole()
    {
        var rule = Assert.IsType<ThresholdRule>(Parse("""
            "when":{"at_least":0.05},"share_of":"events","per":"value","window":"minute","counter":"errors","name":"a","subject":"s {value}","text":"{expected} {counter}",
            "type":"threshold","cooldown":{"period":"1m"}
            """));

        Assert.Equal(("errors", CounterWindow.Minute, true, "events"), (rule.Counter, rule.Window, rule.IsPerValue, rule.ShareOf));
        Assert.Equal((AlertComparison.AtLeast, 0.05m), (rule.Comparison, rule.Threshold));
        Assert.Equal(TimeSpan.FromMinutes(1), rule.Cooldown!.Period);
    }

    [Fact]
    public void AnAnomalyIsReadWhole()
    {
        var rule = Assert.IsType<AnomalyRule>(Parse("\"name\":\"a\",\"type\":\"anomaly\",\"subject\":\"s\",\"text\":\"{score}\",\"counter\":\"times\",\"percentile\":95,\"sensitivity\":\"high\""));

        Assert.Equal(("times", CounterWindow.Minute, false, 95), (rule.Counter, rule.Window, rule.IsPerValue, rule.Percentile));
        Assert.Equal(AlertSensitivity.High, rule.Sensitivity);
        Assert.Equal(AlertSensitivity.Medium, Assert.IsType<AnomalyRule>(Parse(Anomaly)).Sensitivity);
    }

    [Theory]
    [InlineData("above", false, false, true)]
    [InlineData("at_least", false, true, true)]
    [InlineData("below", true, false, false)]
    [InlineData("at_most", true, true, false)]
    public void ComparisonOperatorsCompareAsNamed(string name, bool below, bool equal, bool above)
    {
        var rule = (ThresholdRule)Parse(Threshold.Replace("above", name, StringComparison.Ordinal));

        Assert.Equal((below, equal, above), (rule.IsExceededBy(49.9m), rule.IsExceededBy(50), rule.IsExceededBy(50.1m)));
    }

    [Theory]
    [InlineData(Match, "\"topic\":1", "topic: unknown; expected name, type, description, severity, subject, text, cooldown, enabled, pattern or fields.")]
    [InlineData(Match, "\"counter\":\"errors\"", "counter: unknown; expected name, type, description, severity, subject, text, cooldown, enabled, pattern or fields.")]
    [InlineData(Threshold, "\"pattern\":{}", "pattern: unknown; expected name, type, description, severity, subject, text, cooldown, enabled, counter, window, per, percentile, share_of or when.")]
    [InlineData(Anomaly, "\"when\":{}", "when: unknown; expected name, type, description, severity, subject, text, cooldown, enabled, counter, window, per, percentile or sensitivity.")]
    [InlineData(Match, "\"type\":\"event\"", "type: expected match, threshold or anomaly.")]
    [InlineData(Match, "\"severity\":\"high\"", "severity: expected info, warning or critical.")]
    [InlineData(Match, "\"enabled\":1", "enabled: expected true or false, found a number.")]
    [InlineData(Match, "\"text\":\"\"", "text: expected 1 to 1000 characters.")]
    [InlineData(Match, "\"text\":\"a\\nb\"", "text: expected one line without control characters.")]
    [InlineData(Match, "\"text\":\"a {amount\"", "text: the brace at character 3 is not closed; write {{ for a brace.")]
    [InlineData(Match, "\"text\":\"a } b\"", "text: the closing brace at character 3 has no opening brace; write }} for a brace.")]
    [InlineData(Match, "\"text\":\"{value}\"", "text: 'value' is not a placeholder of this rule.")]
    [InlineData(Match, "\"text\":\"{}\"", "text: '' is not a placeholder of this rule.")]
    [InlineData(Match, "\"text\":\"{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}{key}\"", "text: expected at most 20 placeholders.")]
    [InlineData(Threshold, "\"text\":\"{user_id}\"", "text: 'user_id' is not a placeholder of this rule.")]
    [InlineData(Threshold, "\"text\":\"{score}\"", "text: 'score' is not a placeholder of this rule.")]
    [InlineData(Match, "\"cooldown\":{}", "cooldown.period: missing.")]
    [InlineData(Match, "\"cooldown\":{\"period\":\"59s\"}", "cooldown.period: expected minutes, hours or days such as 10m, 2h or 1d, from 1m to 7d.")]
    [InlineData(Match, "\"cooldown\":{\"period\":\"0m\"}", "cooldown.period: expected minutes, hours or days such as 10m, 2h or 1d, from 1m to 7d.")]
    [InlineData(Match, "\"cooldown\":{\"period\":\"8d\"}", "cooldown.period: expected minutes, hours or days such as 10m, 2h or 1d, from 1m to 7d.")]
    [InlineData(Match, "\"cooldown\":{\"period\":\"1m\",\"by\":[\"user_id\",\"city\",\"country\"]}", "cooldown.by: expected at most 2 fields, found 3.")]
    [InlineData(Match, "\"cooldown\":{\"period\":\"1m\",\"for\":1}", "cooldown.for: unknown; expected period or by.")]
    [InlineData(Threshold, "\"cooldown\":{\"period\":\"1m\",\"by\":[\"user_id\"]}", "cooldown.by: unknown; expected period.")]
    [InlineData(Threshold, "\"per\":\"day\"", "per: expected value or total.")]
    [InlineData(Threshold, "\"percentile\":95", "percentile: only a counter with the measure percentiles has it.")]
    [InlineData(Threshold, "\"percentile\":90", "percentile: expected 50, 95 or 99.")]
    [InlineData(Threshold, "\"window\":\"day\"", "counter: the counter errors has no day windows; add the window to it.")]
    [InlineData(Threshold, "\"share_of\":\"nothing\"", "share_of: there is no counter 'nothing'.")]
    [InlineData(Threshold, "\"share_of\":\"times\"", "share_of: a share needs two counters with the measure count.")]
    [InlineData(Threshold, "\"share_of\":\"events\",\"window\":\"hour\"", "share_of: the counter events has no hour windows; add the window to it.")]
    [InlineData(Anomaly, "\"sensitivity\":0.5", "sensitivity: expected a string, found a number.")]
    [InlineData(Anomaly, "\"sensitivity\":\"extreme\"", "sensitivity: expected low, medium or high.")]
    public void AFaultNamesItsPath(string members, string more, string fault)
    {
        AssertFault($"{members},{more}", $"alerts[0].{fault}");
    }

    [Theory]
    [InlineData("\"subject\":\"s\",\"pattern\":{\"amount\":[1]},\"fields\":[\"amount\"]", "name: missing.")]
    [InlineData("\"name\":\"a\",\"pattern\":{\"amount\":[1]},\"fields\":[\"amount\"]", "subject: missing.")]
    [InlineData("\"name\":\"a\",\"subject\":\"s\",\"fields\":[\"amount\"]", "pattern: missing.")]
    [InlineData("\"name\":\"a\",\"subject\":\"s\",\"pattern\":{\"amount\":[1]}", "fields: expected 1 to 20 fields.")]
    [InlineData("\"name\":\"a\",\"subject\":\"s\",\"pattern\":{\"amount\":[1]},\"fields\":[]", "fields: expected 1 to 20 fields.")]
    [InlineData("\"name\":\"a\",\"subject\":\"\"", "subject: expected 1 to 100 printable ASCII characters, the first not a space, as SNS requires.")]
    [InlineData("\"name\":\"a\",\"subject\":\"a\\nb\"", "subject: expected 1 to 100 printable ASCII characters, the first not a space, as SNS requires.")]
    [InlineData("\"name\":\"a\",\"subject\":\"Ärger\"", "subject: expected 1 to 100 printable ASCII characters, the first not a space, as SNS requires.")]
    [InlineData("\"name\":\"a\",\"subject\":\"s {x}\"", "subject: 'x' is not a placeholder of this rule.")]
    [InlineData("\"name\":\"a\",\"type\":\"threshold\",\"subject\":\"s\",\"when\":{\"above\":1}", "counter: missing.")]
    [InlineData("\"name\":\"a\",\"type\":\"threshold\",\"subject\":\"s\",\"counter\":\"errors\"", "when: missing.")]
    [InlineData("\"name\":\"a\",\"type\":\"threshold\",\"subject\":\"s\",\"counter\":\"errors\",\"when\":{}", "when: expected above, at_least, below or at_most.")]
    [InlineData("\"name\":\"a\",\"type\":\"threshold\",\"subject\":\"s\",\"counter\":\"errors\",\"when\":{\"over\":1}", "when.over: unknown; expected above, at_least, below or at_most.")]
    [InlineData("\"name\":\"a\",\"type\":\"threshold\",\"subject\":\"s\",\"counter\":\"errors\",\"when\":{\"above\":1,\"below\":2}", "when.below: expected one comparison only.")]
    [InlineData("\"name\":\"a\",\"type\":\"threshold\",\"subject\":\"s\",\"counter\":\"errors\",\"when\":{\"above\":1e99}", "when.above: expected a number within 79228162514264337593543950335.")]
    [InlineData("\"name\":\"a\",\"type\":\"threshold\",\"subject\":\"s\",\"counter\":\"none\",\"when\":{\"above\":1}", "counter: there is no counter 'none'.")]
    [InlineData("\"name\":\"a\",\"type\":\"anomaly\",\"subject\":\"s\",\"counter\":\"events\",\"per\":\"value\"", "per: the counter events has no 'by', so it has no values; expected total.")]
    [InlineData("\"name\":\"a\",\"type\":\"anomaly\",\"subject\":\"s\",\"counter\":\"times\"", "percentile: missing; the counter's measure is percentiles: give 50, 95 or 99.")]
    [InlineData("\"name\":\"a\",\"type\":\"anomaly\",\"subject\":\"s\",\"counter\":\"times_by\",\"percentile\":95", "per: the counter times_by has 'by', and its measure has no total; expected value, or a counter without 'by'.")]
    public void MissingOrInvalidPropertyIsReportedWithItsPath(string members, string fault) => AssertFault(members, $"alerts[0].{fault}");

    [Fact]
    public void NamesAreUnique() => AssertFault($$"""{{Match}}},{{{Match}}""", "alerts[1].name: the name 'a' is already used.");

    [Fact]
    public void NumberOfRulesIsLimited()
    {
        var rules = Enumerable.Range(0, AlertRule.MaxRules + 1).Select(number => $$"""{{{Match.Replace("\"a\",", $"\"a{number}\",", StringComparison.Ordinal)}}}""");
        AssertFault(string.Join(',', rules)[1..^1], "alerts: expected at most 50, found 51.");
    }

    private static AlertRule Parse(string members) =>
        Assert.Single(Definitions.Parse(Some.Utf8($$"""{"alerts":[{{{members}}}],"counters":[{{Counters}}]}""")).Alerts);

    private static void AssertFault(string members, string fault)
    {
        var exception = Assert.Throws<DefinitionsException>(() => Parse(members));
        Assert.Equal($"definitions.json: {fault}", exception.Message);
    }
}
