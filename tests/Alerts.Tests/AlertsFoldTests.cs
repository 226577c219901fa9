using Analytics.Alerting.Messages;
using Analytics.Alerting.Sending;

namespace Analytics.Alerts.Tests;

public sealed class AlertsFoldTests
{
    [Fact]
    public void AnOrderAboveTheThresholdIsAnAlertWithItsFacts()
    {
        var batch = Fold("high_value_order", Some.Record(
            1, """{"event_id":"o-1","event_type":"purchase","timestamp":"2025-08-08T09:29:00Z","data":{"user_id":"007","product_id":"p-1","amount":500.01,"currency":"EUR"}}""")).ToBatch();
        var content = batch.Describe(Assert.Single(batch.Matches));

        Assert.Equal($"high_value_order:{batch.Matches[0].Id}", content.Id);
        Assert.StartsWith($"{Some.Shard}:{Some.Sequence(1)}:", batch.Matches[0].Id, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2025, 8, 8, 9, 29, 0, TimeSpan.Zero), content.Time);
        Assert.Equal(
            [new("amount", "500.01", 500.01m), new("user_id", "007"), new("product_id", "p-1"), new("timestamp", "2025-08-08T09:29:00Z"), new("event_id", "o-1")],
            content.Fields);
        Assert.Equal(new AlertEvent("o-1", Some.Shard, Some.Sequence(1), Some.Arrival), content.Event);
    }

    [Fact]
    public void OrderAtTheThresholdAndMalformedRecordCauseNoAlert() => Assert.Empty(Fold(
        "rule", Some.Record(1, """{"event_type":"purchase","amount":500}"""), Some.Record(2, "?"), Some.Record(3, """{"event_type":"click","amount":501}""")).Matches);

    [Fact]
    public void AFieldThatTheEventLacksIsAbsentAndTheEventIsKnownByItsPlace()
    {
        var content = Describe(Fold("rule", Some.Record(1, """{"event_type":"purchase","amount":501}""")));

        Assert.Null(content.Fields.Single(field => field.Name == "user_id").Text);
        Assert.StartsWith($"{Some.Shard}:{Some.Sequence(1)}", content.Event!.EventId, StringComparison.Ordinal);
    }

    [Fact]
    public void FieldsThatOnlyTheTemplatesNameAreTaken()
    {
        var fold = new AlertsFold(Some.BatchInfo, SomeAlerts.With(",\"text\":\"{city} {data.x} {amount} {held_back}\"", "rule"), Some.Reader, Streaming.EventTimeBounds.Default);
        var content = Describe(Some.Folded(fold, Some.Record(1, """{"event_type":"purchase","amount":501,"x":[],"data":{"x":5},"city":"Bonn"}""")));

        Assert.Equal(["city", "data.x"], content.TemplateFields.Select(field => field.Name));
        Assert.Equal("Bonn", content.TemplateFields[0].Text);
    }

    [Fact]
    public void EveryMatchingRuleSendsASeparateAlert()
    {
        var batch = Fold(["first", "second"], Some.Record(1, """{"event_type":"purchase","amount":501}""")).ToBatch();

        Assert.Equal(["first", "second"], batch.Matches.Select(match => match.Rule.Name));
        Assert.Equal(2, batch.Matches.Select(match => batch.Describe(match).Id).Distinct().Count());
    }

    [Fact]
    public void DisabledRuleIsIgnored() => Assert.Empty(SomeAlerts.With(",\"enabled\":false", "rule"));

    [Fact]
    public void UserRecordsOfAnAggregateAreSeparateAlertsWholeAndDivided()
    {
        const string Order = """{"event_type":"purchase","amount":501}""";
        (string, string)[] users = [("a", Order), ("b", Order), ("a", Order), ("b", """{"event_type":"purchase","amount":777}""")];
        var whole = Fold("rule", Some.Aggregate(1, users)).ToBatch();
        var apart = Some.Folded(new AlertsFold(Some.BatchInfo with { IsFromConsumer = true }, SomeAlerts.Named("rule"), Some.Reader, Streaming.EventTimeBounds.Default), Some.TakenApart(1, users)).ToBatch();

        Assert.Equal(4, whole.Matches.Select(match => match.Id).Distinct().Count());
        Assert.EndsWith(":1", whole.Matches[2].Id, StringComparison.Ordinal);
        Assert.Equal(whole.Matches.Select(match => match.Id), apart.Matches.Select(match => match.Id));
        Assert.Equal([501, 501, 501, 777], whole.Matches.Select(match => whole.Describe(match).Fields[0].Number));
        Assert.Equal([501, 501, 501, 777], apart.Matches.Select(match => apart.Describe(match).Fields[0].Number));
        Assert.Equal((false, true), (whole.HasOpenEdges, apart.HasOpenEdges));
    }

    [Fact]
    public void ARecordThatABatchHoldsTwiceIsOneAlert()
    {
        const string Order = """{"event_type":"purchase","amount":501}""";

        Assert.Single(Fold("rule", Some.Record(1, Order), Some.Record(2), Some.Record(1, Order)).Matches);
    }

    [Fact]
    public void BatchRangeIsItsFirstAndLastRecord()
    {
        var batch = Fold("rule", Some.Record(3), Some.Record(4, """{"event_type":"purchase","amount":501}"""), Some.Record(9, "?")).ToBatch();

        Assert.Equal((Some.Sequence(3), Some.Sequence(9)), (batch.First.ToString(), batch.Last.ToString()));
        Assert.Equal((Some.Shard, Some.Now), (batch.ShardId, batch.Now));
    }

    [Theory]
    [InlineData("[\"user_id\"]", """{"user_id":"u"}""", "u")]
    [InlineData("[\"user_id\"]", "{}", "(none)")]
    [InlineData("[\"user_id\",\"city\"]", """{"user_id":"u","city":"c"}""", "u|c")]
    [InlineData("[\"user_id\",\"city\"]", """{"user_id":"u|c"}""", "u%7Cc|(none)")]
    [InlineData("[\"user_id\"]", """{"user_id":"(other)"}""", "%28other)")]
    [InlineData("[\"user_id\"]", """{"user_id":"100%"}""", "100%25")]
    [InlineData("[]", """{"user_id":"u"}""", "(all)")]
    public void AKeyIsMadeOfFields(string by, string fields, string key)
    {
        var rules = SomeAlerts.With($$""","cooldown":{"period":"10m","by":{{by}}}""", "rule");
        var json = $$"""{"event_type":"purchase","amount":501,{{fields[1..]}}""".Replace(",}", "}", StringComparison.Ordinal);
        var fold = Some.Folded(new AlertsFold(Some.BatchInfo, rules, Some.Reader, Streaming.EventTimeBounds.Default), Some.Record(1, json));

        Assert.Equal(key, Assert.Single(fold.Matches).Key);
    }

    [Fact]
    public void KeyIsShortForAnyFieldValue()
    {
        var rules = SomeAlerts.With(""","cooldown":{"period":"10m","by":["user_id","city"]}""", "rule");
        var keys = new[] { "😀", "|", "x" }.SelectMany(text => new[] { 64, 65, 10_000, 10_001 }.Select(length => string.Concat(Enumerable.Repeat(text, length)))).Select(text =>
            Assert.Single(Some.Folded(
                new AlertsFold(Some.BatchInfo, rules, Some.Reader, Streaming.EventTimeBounds.Default),
                Some.Record(1, $$"""{"event_type":"purchase","amount":501,"user_id":"{{text}}","city":"{{text}}"}""")).Matches).Key!).ToList();

        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(keys, key => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(key), 1, 400));
        Assert.All(keys, key => Assert.DoesNotContain('\uFFFD', key));
    }

    private static AlertContent Describe(AlertsFold fold)
    {
        EventAlertBatch batch = fold.ToBatch();
        return batch.Describe(Assert.Single(batch.Matches));
    }

    private static AlertsFold Fold(string rule, params Amazon.Lambda.KinesisEvents.KinesisEvent.KinesisEventRecord[] records) => Fold([rule], records);

    private static AlertsFold Fold(string[] rules, params Amazon.Lambda.KinesisEvents.KinesisEvent.KinesisEventRecord[] records) => Some.Folded(
        new AlertsFold(Some.BatchInfo, SomeAlerts.Named(rules), Some.Reader, Streaming.EventTimeBounds.Default), records);
}
