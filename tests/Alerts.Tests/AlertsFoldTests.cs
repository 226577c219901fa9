using System.Text.Json;
using Analytics.Streaming;

namespace Analytics.Alerts.Tests;

public sealed class AlertsFoldTests
{
    [Fact]
    public void AnOrderAboveTheThresholdIsAnAlertWithItsFacts()
    {
        var alert = Assert.Single(Fold(
            """{"event_id":"o-1","event_type":"purchase","timestamp":"2025-08-08T09:29:00Z","data":{"user_id":"007","product_id":"p-1","amount":500.01,"currency":"EUR"}}""").Alerts);

        Assert.StartsWith($"claim|high_value_order|{Some.Shard}:{Some.Sequence(1)}:", alert.ClaimKey, StringComparison.Ordinal);
        Assert.Equal("High-Value Order Detected", alert.Subject);
        Assert.Equal(
            """{"rule":"high_value_order","event_id":"o-1","event_time":"2025-08-08T09:29:00.000Z","amount":500.01,"user_id":"007","product_id":"p-1","timestamp":"2025-08-08T09:29:00Z","shard_id":"SHARD","sequence_number":"SEQUENCE","sub_sequence_number":0}"""
                .Replace("SHARD", Some.Shard, StringComparison.Ordinal)
                .Replace("SEQUENCE", Some.Sequence(1), StringComparison.Ordinal),
            alert.Message);
    }

    [Fact]
    public void AnOrderAtTheThresholdAndAMalformedRecordAreNoAlerts() =>
        Assert.Empty(Fold("""{"event_type":"purchase","amount":500}""", "?", """{"event_type":"click","amount":501}""").Alerts);

    [Fact]
    public void AFieldThatTheEventLacksIsNull()
    {
        var message = Message("""{"event_type":"purchase","amount":501}""");

        Assert.Equal(JsonValueKind.Null, message.GetProperty("user_id").ValueKind);
        Assert.StartsWith($"{Some.Shard}:{Some.Sequence(1)}:", message.GetProperty("event_id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TextsFromRecordsAreEscapedAndCut()
    {
        var user = "\"}\n<script>" + new string('x', AlertMessage.MaxTextLength);
        var message = Message($$"""{"event_type":"purchase","amount":501,"user_id":{{JsonSerializer.Serialize(user)}}}""");

        Assert.Equal(user[..AlertMessage.MaxTextLength], message.GetProperty("user_id").GetString());
    }

    [Fact]
    public void TenMessagesFitOneCallWhateverTheRecordsHold()
    {
        var text = JsonSerializer.Serialize(new string('\u0001', 20_000));
        var alert = Assert.Single(Fold(
            $$"""{"event_id":{{text}},"event_type":"purchase","amount":501,"user_id":{{text}},"product_id":{{text}},"timestamp":{{text}}}""").Alerts);

        Assert.InRange(alert.Message.Length, 1, 256 * 1024 / AlertPublisher.MaxMessages);
    }

    [Fact]
    public void EveryDefinitionThatMatchesIsAnAlertOfItsOwn()
    {
        var definitions = SomeAlerts.Named("first", "second");
        var fold = Some.Folded(
            new AlertsFold(Some.BatchInfo, definitions, EventTimeBounds.Default), Some.Record(1, """{"event_type":"purchase","amount":501}"""));

        Assert.Equal(["first", "second"], fold.Alerts.Select(alert => alert.Rule));
        Assert.Equal(2, fold.Alerts.Select(alert => alert.ClaimKey).Distinct().Count());
    }

    [Fact]
    public void UserRecordsOfAnAggregateAreAlertsOfTheirOwnWholeAndTakenApart()
    {
        const string Order = """{"event_type":"purchase","amount":501}""";
        (string, string)[] users = [("a", Order), ("b", Order), ("a", Order)];
        var whole = Some.Folded(new AlertsFold(Some.BatchInfo, SomeAlerts.Named("rule"), EventTimeBounds.Default), Some.Aggregate(1, users));
        var apart = Some.Folded(new AlertsFold(Some.BatchInfo, SomeAlerts.Named("rule"), EventTimeBounds.Default), Some.TakenApart(1, users));

        Assert.Equal(3, whole.Alerts.Select(alert => alert.ClaimKey).Distinct().Count());
        Assert.EndsWith(":1", whole.Alerts[2].ClaimKey, StringComparison.Ordinal);
        Assert.Equal(whole.Alerts.Select(alert => alert.ClaimKey), apart.Alerts.Select(alert => alert.ClaimKey));
    }

    [Fact]
    public void ARecordThatABatchHoldsTwiceIsOneAlert()
    {
        const string Order = """{"event_type":"purchase","amount":501}""";
        var fold = Some.Folded(
            new AlertsFold(Some.BatchInfo, SomeAlerts.Named("rule"), EventTimeBounds.Default), Some.Record(1, Order), Some.Record(2), Some.Record(1, Order));

        Assert.Single(fold.Alerts);
    }

    private static JsonElement Message(string json)
    {
        using var document = JsonDocument.Parse(Assert.Single(Fold(json).Alerts).Message);
        return document.RootElement.Clone();
    }

    private static AlertsFold Fold(params string[] events) => Some.Folded(
        new AlertsFold(Some.BatchInfo, SomeAlerts.Named("high_value_order"), EventTimeBounds.Default),
        events.Select((json, index) => Some.Record(index + 1, json)));
}
