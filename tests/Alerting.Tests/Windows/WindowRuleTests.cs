using Analytics.Alerting.Cooldowns;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Reading;
using Analytics.Alerting.Sending;
using Analytics.Alerting.Windows;
using Analytics.Counting;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Tests.Windows;

/// <summary>Threshold and anomaly rules, minute by minute.</summary>
public sealed class WindowRuleTests
{
    private const string Above50 = """ "counter":"errors","when":{"above":50} """;

    [Fact]
    public async Task ThresholdAlertsOncePerClosedWindow()
    {
        var shop = new WindowShop(WindowShop.Threshold(Above50));
        shop.Windows.Add("errors", WindowShop.Minute(0), 50, "500");
        shop.Windows.Add("errors", WindowShop.Minute(1), 26, "500");
        shop.Windows.Add("errors", WindowShop.Minute(1), 25, "404");
        shop.Windows.Add("errors", WindowShop.Minute(2), 1000, "404");

        var result = await shop.RunAfterAsync(2);
        Assert.Equal(new WindowRuleResult(1, 2, 1), result);
        Assert.Equal(new WindowRuleResult(1, 0, 0), await shop.RunAsync());

        var alert = Assert.Single(shop.Published);
        Assert.Equal("spike:2026-11-16T00:01Z", alert.Id);
        var json = alert.ForMachines();
        Assert.Equal(51, json.GetProperty("value").GetDecimal());
        Assert.Equal(50, json.GetProperty("expected").GetProperty("high").GetDecimal());
        Assert.Equal("2026-11-16T00:01:00.000Z", json.GetProperty("window").GetProperty("start").GetString());
        Assert.Null(alert.Key);
    }

    [Theory]
    [InlineData("above", "50", 50, 51, "at most 50")]
    [InlineData("at_least", "50", 49, 50, "less than 50")]
    [InlineData("below", "50", 50, 49, "at least 50")]
    [InlineData("at_most", "50", 51, 50, "more than 50")]
    public async Task ComparisonIsExactAndStatesTheExpectedRange(string comparison, string threshold, int usual, int exceeding, string expected)
    {
        var shop = new WindowShop(WindowShop.Threshold($$""" "counter":"errors","when":{"{{comparison}}":{{threshold}}} """));
        shop.Windows.Add("errors", WindowShop.Minute(0), usual);
        shop.Windows.Add("errors", WindowShop.Minute(1), exceeding);
        await shop.RunAfterAsync(2);

        var alert = Assert.Single(shop.Published);
        Assert.Equal("spike:2026-11-16T00:01Z", alert.Id);
        Assert.Contains($"{exceeding} of errors, expected {expected}\n", alert.ForPeople(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AShareIsOfTheTotalOfTheOtherCounterAndUnknownWithoutAny()
    {
        var shop = new WindowShop(WindowShop.Threshold(""" "counter":"errors","share_of":"events","when":{"above":0.1} """));
        shop.Windows.Add("errors", WindowShop.Minute(0), 10);
        shop.Windows.Add("events", WindowShop.Minute(0), 60, "error");
        shop.Windows.Add("events", WindowShop.Minute(0), 40, "page_view");
        shop.Windows.Add("errors", WindowShop.Minute(1), 11);
        shop.Windows.Add("events", WindowShop.Minute(1), 100);
        shop.Windows.Add("errors", WindowShop.Minute(2), 5);
        await shop.RunAfterAsync(4);

        Assert.Equal(0.11m, Assert.Single(shop.Published).ForMachines().GetProperty("value").GetDecimal());
    }

    [Fact]
    public async Task EachValueAlertsSeparatelyAndIsShownAsData()
    {
        var shop = new WindowShop(WindowShop.Threshold(""" "counter":"errors","per":"value","when":{"above":50},"text":"{value} errors {key}" """));
        shop.Windows.Add("errors", WindowShop.Minute(0), 51, "500");
        shop.Windows.Add("errors", WindowShop.Minute(0), 50, "404");
        shop.Windows.Add("errors", WindowShop.Minute(0), 70, "https://evil.example/%0Ax");
        shop.Windows.Add("errors", WindowShop.Minute(0), 9_999, "(other)");
        await shop.RunAfterAsync(1);

        Assert.Equal(2, shop.Published.Count);
        Assert.Equal("500", shop.Published[1].Key);
        var hostile = shop.Published[0];
        Assert.Matches("^spike:2026-11-16T00:00Z:[0-9a-f]{16}$", hostile.Id);
        Assert.DoesNotContain("https://", hostile.ForPeople(), StringComparison.Ordinal);
        Assert.DoesNotContain("\nx", hostile.ForPeople(), StringComparison.Ordinal);
        Assert.Equal("https://evil.example/\nx", hostile.ForMachines().GetProperty("key").GetString());
    }

    [Theory]
    [InlineData("above", 10, new[] { 15, 20, 15 })]
    [InlineData("below", 10, new[] { 5, 2, 5 })]
    public async Task TheValueThatExceedsTheThresholdMostAlertsFirst(string comparison, int threshold, int[] counts)
    {
        var shop = new WindowShop(WindowShop.Threshold($$""" "counter":"errors","per":"value","when":{"{{comparison}}":{{threshold}}} """));
        for (var index = counts.Length - 1; index >= 0; index--)
        {
            shop.Windows.Add("errors", WindowShop.Minute(0), counts[index], $"value-{index}");
        }

        await shop.RunAfterAsync(1);

        Assert.Equal(["value-1", "value-0", "value-2"], shop.Published.Select(alert => alert.Key));
    }

    [Fact]
    public async Task WithoutACooldownEachWindowAlertsAndNoneIsHeldBack()
    {
        var shop = new WindowShop(WindowShop.Threshold(Above50));
        shop.Windows.Add("errors", WindowShop.Minute(0), 51);
        shop.Windows.Add("errors", WindowShop.Minute(1), 52);

        await shop.RunAfterAsync(2);

        Assert.Equal(2, shop.Published.Count);
        Assert.All(shop.Published, alert => Assert.False(alert.ForMachines().TryGetProperty("held_back", out _)));
        Assert.All(shop.Published, alert => Assert.DoesNotContain("Since last", alert.ForPeople(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARuleThatBecomesOneOfValuesStartsAgain()
    {
        var shop = new WindowShop(WindowShop.Anomaly(""" "counter":"errors" """));
        shop.Windows.Add("errors", WindowShop.Minute(0), 51, "404");
        shop.Windows.Add("errors", WindowShop.Minute(1), 51, "404");
        await shop.RunAfterAsync(1);
        Assert.Equal(["(all)"], shop.GetState("unusual").Series.Keys);

        shop.Rules = WindowShop.CreateDefinitions(WindowShop.Anomaly(""" "counter":"errors","per":"value" """));
        await shop.RunAfterAsync(2);

        Assert.Equal(["404"], shop.GetState("unusual").Series.Keys);
    }

    [Fact]
    public async Task CooldownHoldsBackAlertsAndTheNextOneHasTheirNumber()
    {
        var shop = new WindowShop(WindowShop.Threshold(Above50 + """ ,"cooldown":{"period":"10m"} """));
        for (var minute = 0; minute < 14; minute++)
        {
            shop.Windows.Add("errors", WindowShop.Minute(minute), 51 + minute);
            await shop.RunAfterAsync(minute + 1);
        }

        Assert.Equal(["spike:2026-11-16T00:00Z", "spike:2026-11-16T00:10Z"], shop.Published.Select(alert => alert.Id));
        var second = shop.Published[1].ForMachines();
        Assert.Equal(9, second.GetProperty("held_back").GetInt64());
        Assert.Equal("2026-11-16T00:00:00.000Z", second.GetProperty("last_alert").GetString());

        var history = new AlertHistory(shop.Table);
        var held = Assert.Single(await history.ReadHeldBackAsync("spike", shop.Time.GetUtcNow(), CancellationToken.None));
        Assert.Equal((3, WindowShop.Minute(20)), (held.Count, held.ClosedUntil));
        var sent = await history.ReadSentAsync("spike", WindowShop.Start, shop.Time.GetUtcNow(), CancellationToken.None).ToListAsync();
        Assert.Equal(shop.Published.Select(alert => alert.Id), sent.Select(alert => alert.Id));
    }

    [Fact]
    public async Task ManyValuesSendAtMost51AlertsPerWindowAndCountTheRest()
    {
        var shop = new WindowShop(WindowShop.Threshold(""" "counter":"errors","per":"value","when":{"above":0} """));
        for (var minute = 0; minute < 2; minute++)
        {
            for (var code = 0; code < 1000; code++)
            {
                shop.Windows.Add("errors", WindowShop.Minute(minute), 1 + code, $"{minute}-{code}");
            }
        }

        await shop.RunAfterAsync(2);

        Assert.Equal(2 * (CooldownSlots.MaxKeys + 1), shop.Published.Count);
        Assert.Equal("0-999", shop.Published[0].Key);
        Assert.Equal(949, Assert.Single(shop.Published, alert => alert.Key == "(other)" && alert.ForMachines().TryGetProperty("held_back", out _)).ForMachines().GetProperty("held_back").GetInt64());
        Assert.Equal(949, shop.GetState("spike").Cooldowns.Keys.Single(key => key.Key == "(other)").Value.HeldBack);
    }

    [Fact]
    public async Task AMinuteWithoutEventsHasTheCountZeroAndAnUnknownAverage()
    {
        var shop = new WindowShop(
            WindowShop.Threshold(""" "counter":"errors","when":{"below":1} """, "none"),
            WindowShop.Threshold(""" "counter":"average","when":{"below":1} """, "cheap"));
        shop.Windows.Add("errors", WindowShop.Minute(0), 1);
        shop.Windows.Add(FakeWindows.Count("average", WindowShop.Minute(0), 1) with { Sum = 5, Average = 5 });
        shop.Windows.Add(FakeWindows.Count("average", WindowShop.Minute(2), 2) with { Sum = 1, Average = 0.5m });
        await shop.RunAfterAsync(3);

        Assert.Equal(["none:2026-11-16T00:01Z", "none:2026-11-16T00:02Z", "cheap:2026-11-16T00:02Z"], shop.Published.Select(alert => alert.Id));
    }

    [Fact]
    public async Task TimeBeforeTheFirstEventsIsNotAStopOfTraffic()
    {
        var shop = new WindowShop(WindowShop.Threshold(""" "counter":"events","when":{"below":1} """));
        await shop.RunAsync();
        Assert.Empty(shop.Table.Items);

        shop.Windows.Add("events", WindowShop.Minute(57), 7);
        await shop.RunAfterAsync(60);
        Assert.Equal(["spike:2026-11-16T00:58Z", "spike:2026-11-16T00:59Z"], shop.Published.Select(alert => alert.Id));
    }

    [Fact]
    public async Task TotalsAreOfAllValues()
    {
        var start = WindowShop.Minute(0);
        var cases = new (string Counter, string More, decimal Value, CounterValue[] Values)[]
        {
            ("revenue", "", 0.3m, [CreateValue("revenue", "EUR", 1) with { Sum = 0.1m }, CreateValue("revenue", "USD", 1) with { Sum = 0.2m }]),
            ("average", "", 4, [CreateValue("average", "EUR", 3) with { Sum = 3, Average = 1 }, CreateValue("average", "USD", 1) with { Sum = 13, Average = 13 }]),
            ("lowest", "", 1, [CreateValue("lowest", "EUR", 3) with { Min = 3 }, CreateValue("lowest", "USD", 1) with { Min = 1 }]),
            ("highest", "", 3, [CreateValue("highest", "EUR", 3) with { Max = 3 }, CreateValue("highest", "USD", 1) with { Max = 1 }]),
            ("bounces", "", 0.25m, [CreateValue("bounces", "DE", 3) with { Sum = 1, Rate = 1 / 3m }, CreateValue("bounces", "US", 1) with { Sum = 0, Rate = 0 }]),
            ("users", "", 12, [CreateValue("users", "(all)", 40) with { Distinct = 12 }]),
            ("load", ""","percentile":95""", 900, [CreateValue("load", "(all)", 40) with { Percentiles = new CounterPercentiles(100, 500, 900, 990) }]),
            ("revenue", "", decimal.MaxValue, [CreateValue("revenue", "EUR", 1) with { Sum = decimal.MaxValue }, CreateValue("revenue", "USD", 1) with { Sum = decimal.MaxValue }]),
        };
        foreach (var (counter, more, value, values) in cases)
        {
            var shop = new WindowShop(WindowShop.Threshold($$""" "counter":"{{counter}}","when":{"above":0}{{more}} """));
            Array.ForEach(values, shop.Windows.Add);
            await shop.RunAfterAsync(1);
            Assert.Equal(value, Assert.Single(shop.Published).ForMachines().GetProperty("value").GetDecimal());
        }

        CounterValue CreateValue(string counter, string key, long count) => FakeWindows.Count(counter, start, count, key);
    }

    [Fact]
    public async Task MissedMinutesAreEvaluatedInOrder()
    {
        var shop = new WindowShop(WindowShop.Threshold(Above50));
        shop.Windows.Add("errors", WindowShop.Minute(0), 1);
        await shop.RunAfterAsync(1);
        for (var minute = 1; minute < 600; minute += 100)
        {
            shop.Windows.Add("errors", WindowShop.Minute(minute), 51);
        }

        Assert.Equal(new WindowRuleResult(1, 599, 6), await shop.RunAfterAsync(600));
        Assert.Equal(Enumerable.Range(0, 6).Select(hundred => WindowShop.Minute(1 + (100 * hundred))), shop.Published.Select(GetTime));
        Assert.All(shop.Windows.Reads, read => Assert.InRange((read.To - read.From).TotalMinutes, 1, WindowRuleRunner.MaxWindowsPerStep));
    }

    [Fact]
    public async Task WindowsMissedForMoreThanADayAreSkipped()
    {
        var shop = new WindowShop(WindowShop.Threshold(Above50));
        shop.Windows.Add("errors", WindowShop.Minute(0), 1);
        await shop.RunAfterAsync(1);
        shop.Windows.Add("errors", WindowShop.Minute(1), 51);
        shop.Windows.Add("errors", WindowShop.Minute(200), 51);

        Assert.Equal(1440, (await shop.RunAfterAsync(1600)).Windows);
        Assert.Equal("spike:2026-11-16T03:20Z", Assert.Single(shop.Published).Id);
    }

    [Fact]
    public async Task LateEventsDoNotChangeEvaluatedWindows()
    {
        var shop = new WindowShop(WindowShop.Threshold(Above50));
        shop.Windows.Add("errors", WindowShop.Minute(0), 50);
        await shop.RunAfterAsync(1);
        shop.Windows.Add("errors", WindowShop.Minute(0), 50, "late");
        await shop.RunAfterAsync(2);
        Assert.Empty(shop.Published);
    }

    [Fact]
    public async Task UnavailableTopicFailsTheRunAndLosesNoAlert()
    {
        var shop = new WindowShop(WindowShop.Threshold(Above50), WindowShop.Threshold(""" "counter":"events","when":{"above":0} """, "busy"));
        shop.IsTopicDown = true;
        for (var minute = 0; minute < 200; minute++)
        {
            shop.Windows.Add("errors", WindowShop.Minute(minute), 51);
            shop.Windows.Add("events", WindowShop.Minute(minute), minute % 100 == 0 ? 1 : 0);
            var exception = await Assert.ThrowsAsync<AlertStateException>(() => shop.RunAfterAsync(minute + 1));
            Assert.Contains("of spike could not be sent", exception.Message, StringComparison.Ordinal);
        }

        // The rule waits; the other one does not.
        Assert.Equal(WindowRuleRunner.MaxPending, shop.GetState("spike").Pending.Count);
        Assert.Equal(WindowShop.Minute(200), shop.GetState("busy").Next);

        shop.IsTopicDown = false;
        await shop.RunAsync();
        Assert.Equal(202, shop.Published.Select(alert => alert.Id).Distinct().Count());
        Assert.Equal(202, shop.Published.Count);
        Assert.Empty(shop.GetState("spike").Pending);
    }

    [Fact]
    public async Task DamagedItemIsReportedAndOtherRulesContinue()
    {
        var shop = new WindowShop(WindowShop.Threshold(Above50), WindowShop.Threshold(Above50, "other"));
        shop.Windows.Add("errors", WindowShop.Minute(0), 51);
        await shop.RunAfterAsync(1);
        _ = shop.Table.Items[("alert|window|spike", "state")].Remove("pending");
        shop.Windows.Add("errors", WindowShop.Minute(1), 51);

        var exception = await Assert.ThrowsAsync<AlertStateException>(() => shop.RunAfterAsync(2));
        Assert.Equal("Item alert|window|spike, state of the counters table is damaged. Delete it to reset the rule.", exception.Message);
        Assert.Equal(["spike", "other", "other"], shop.Published.Select(alert => alert.Rule));
    }

    [Fact]
    public async Task DisabledRuleIsNotEvaluated()
    {
        var shop = new WindowShop(WindowShop.Threshold(Above50 + ",\"enabled\":false"));
        shop.Windows.Add("errors", WindowShop.Minute(0), 51);
        Assert.Equal(default, await shop.RunAfterAsync(1));
        Assert.Empty(shop.Table.Items);
    }

    [Fact]
    public async Task HourIsEvaluatedWhenClosed()
    {
        var shop = new WindowShop(WindowShop.Threshold(""" "counter":"events","window":"hour","when":{"above":50} """));
        shop.Windows.Add(FakeWindows.Count("events", WindowShop.Start, 51) with { Window = CounterWindow.Hour });
        await shop.RunAfterAsync(59);
        Assert.Empty(shop.Published);
        await shop.RunAfterAsync(60);
        Assert.Equal("2026-11-16T01:00:00.000Z", Assert.Single(shop.Published).ForMachines().GetProperty("window").GetProperty("end").GetString());
    }

    private static DateTimeOffset GetTime(AlertMessage alert) => alert.ForMachines().GetProperty("time").GetDateTimeOffset();
}
