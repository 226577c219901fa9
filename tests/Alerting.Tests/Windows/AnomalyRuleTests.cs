using Analytics.Alerting.Reading;
using Analytics.Alerting.Windows;
using Analytics.Detection;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Tests.Windows;

/// <summary>Anomaly rules: series, state and readings.</summary>
public sealed class AnomalyRuleTests
{
    private const int Day = 24 * 60;
    private const string Total = """ "counter":"errors" """;
    private const string PerValue = """ "counter":"revenue","per":"value" """;

    [Fact]
    public async Task ASpikeAlertsWithItsExpectedRangeAndScore()
    {
        var shop = new WindowShop(WindowShop.Anomaly(Total));
        Fill(shop, 0, 2 * Day);
        await shop.RunAfterAsync(1);
        await CatchUpAsync(shop, 2 * Day);
        shop.Windows.Add("errors", WindowShop.Minute(2 * Day), 900);
        await shop.RunAfterAsync((2 * Day) + 1);

        var alert = shop.Published[^1];
        Assert.Equal("unusual:2026-11-18T00:00Z", alert.Id);
        var json = alert.ForMachines();
        Assert.Equal(900, json.GetProperty("value").GetDecimal());
        Assert.InRange(json.GetProperty("expected").GetProperty("low").GetDecimal(), 30, 80);
        Assert.InRange(json.GetProperty("expected").GetProperty("high").GetDecimal(), 120, 300);
        Assert.InRange(json.GetProperty("score").GetDouble(), 0.5, 1);
        Assert.InRange(shop.Published.Count, 1, 3);

        // Readers have the same.
        var series = Assert.Single(await new ExpectedRangeReader(shop.Table).ReadAsync([.. shop.Rules.Alerts.OfType<AnomalyRule>()], shop.Time.GetUtcNow(), CancellationToken.None));
        Assert.Equal((LatestPoints.Max, null), (series.Points.Count, series.Value));
        Assert.Equal((WindowShop.Minute(2 * Day), 900f), (series.Points[^1].Start, series.Points[^1].Value));
        Assert.Equal(json.GetProperty("score").GetDouble(), series.Points[^1].Score, 5);
        Assert.Equal((double)json.GetProperty("expected").GetProperty("high").GetDecimal(), series.Points[^1].High, 3);
    }

    [Fact]
    public async Task ManyRunsProduceTheStateOfASingleRun()
    {
        var (often, once) = (new WindowShop(WindowShop.Anomaly(Total)), new WindowShop(WindowShop.Anomaly(Total)));
        Fill(often, 0, 500);
        Fill(once, 0, 500);
        for (var minute = 1; minute <= 500; minute++)
        {
            await often.RunAfterAsync(minute);
            await often.RunAsync();
        }

        await once.RunAfterAsync(1);
        await once.RunAfterAsync(500);
        Assert.Equal(often.GetState("unusual").Series["(all)"].Detector.Save(), once.GetState("unusual").Series["(all)"].Detector.Save());
        Assert.Equal(500, once.GetState("unusual").Series["(all)"].Detector.Points);
    }

    [Fact]
    public async Task MinutesWithoutEventsAreZerosOfCountsAndSumsAndGapsOfOthers()
    {
        var shop = new WindowShop(
            WindowShop.Anomaly(Total, "errors"), WindowShop.Anomaly(PerValue, "revenue"), WindowShop.Anomaly(""" "counter":"average" """, "average"));
        foreach (var minute in (int[])[0, 9])
        {
            shop.Windows.Add("errors", WindowShop.Minute(minute), 1);
            shop.Windows.Add(FakeWindows.Count("revenue", WindowShop.Minute(minute), 1, "EUR") with { Sum = 5 });
            shop.Windows.Add(FakeWindows.Count("average", WindowShop.Minute(minute), 1, "EUR") with { Sum = 5, Average = 5 });
        }

        await shop.RunAfterAsync(10);
        Assert.Equal([10, 10, 2], ((string[])["errors", "revenue", "average"]).Select(rule => Assert.Single(shop.GetState(rule).Series.Values).Detector.Points));
        Assert.Equal([SeriesKind.Count, SeriesKind.Amount, SeriesKind.Amount],
            ((string[])["errors", "revenue", "average"]).Select(rule => Assert.Single(shop.GetState(rule).Series.Values).Detector.Kind));
    }

    [Fact]
    public async Task NewValueStartsASeriesOrWaitsForAnIdleOne()
    {
        var shop = new WindowShop(WindowShop.Anomaly(PerValue));
        for (var number = 0; number < 60; number++)
        {
            Sell(0, $"C{number:D2}");
        }

        await shop.RunAfterAsync(1);
        Assert.Equal(WindowRuleState.MaxSeries, shop.GetState("unusual").Series.Count);
        for (var number = 1; number < 60; number++)
        {
            Sell(Day - 1, $"C{number:D2}");
        }

        Sell(Day - 1, "EUR");
        Sell(Day, "EUR");
        await shop.RunAfterAsync(Day);
        Assert.DoesNotContain("EUR", shop.GetState("unusual").Series.Keys);
        await shop.RunAfterAsync(Day + 1);
        Assert.Contains("EUR", shop.GetState("unusual").Series.Keys);
        Assert.DoesNotContain("C00", shop.GetState("unusual").Series.Keys);
        Assert.Equal(WindowRuleState.MaxSeries, shop.GetState("unusual").Series.Count);

        void Sell(int minute, string currency) => shop.Windows.Add(FakeWindows.Count("revenue", WindowShop.Minute(minute), 1, currency) with { Sum = 5 });
    }

    [Fact]
    public async Task AStateOfTheLargestSizeFitsAnItem()
    {
        var shop = new WindowShop(WindowShop.Anomaly(PerValue), WindowShop.Threshold(""" "counter":"revenue","per":"value","when":{"above":0} """));
        shop.IsTopicDown = true;
        for (var minute = 0; minute < 70; minute++)
        {
            for (var number = 0; number < 60; number++)
            {
                shop.Windows.Add(FakeWindows.Count("revenue", WindowShop.Minute(minute), 1, $"{new string('\u3042', 130)}{number}") with { Sum = minute * 1.2345678901234567890123m });
            }
        }

        await Assert.ThrowsAnyAsync<Exception>(() => shop.RunAfterAsync(70));
        Assert.InRange(shop.GetState("spike").Pending.Count, WindowRuleRunner.MaxPending, WindowRuleRunner.MaxPending + 50);
        Assert.All(shop.Table.Items.Values, item => Assert.InRange(GetSize(item), 0, 300_000));
    }

    [Fact]
    public async Task ChangedValuesResetASeriesAndChangedSensitivityDoesNot()
    {
        var shop = new WindowShop(WindowShop.Anomaly(Total));
        Fill(shop, 0, 30);
        await shop.RunAfterAsync(10);
        shop.Rules = WindowShop.CreateDefinitions(WindowShop.Anomaly(Total + ""","sensitivity":"high","severity":"info" """));
        await shop.RunAfterAsync(20);
        Assert.Equal(20, shop.GetState("unusual").Series["(all)"].Detector.Points);

        shop.Windows.Definition = "fedcba9876543210";
        await shop.RunAfterAsync(30);
        Assert.Equal(10, shop.GetState("unusual").Series["(all)"].Detector.Points);
    }

    [Fact]
    public async Task DetectorOfAnotherVersionIsReset()
    {
        var shop = new WindowShop(WindowShop.Anomaly(Total));
        Fill(shop, 0, 20);
        await shop.RunAfterAsync(10);
        shop.Table.Items[("alert|window|unusual", "state")]["series"].L[0].M["detector"].B = new MemoryStream([99, 1, 2]);
        await shop.RunAfterAsync(20);
        Assert.Equal(10, shop.GetState("unusual").Series["(all)"].Detector.Points);
    }

    [Theory]
    [InlineData("low", 0.75)]
    [InlineData("medium", 0.5)]
    [InlineData("high", 0.35)]
    public void SensitivityDeterminesTheMinimumScore(string sensitivity, double score) =>
        Assert.Equal(score, WindowRuleEvaluation.GetThreshold(Enum.Parse<AlertSensitivity>(sensitivity, ignoreCase: true)));

    [Fact]
    public async Task OnlyNewestPointsAreReportedOnce()
    {
        var shop = new WindowShop(WindowShop.Anomaly(Total), WindowShop.Threshold(""" "counter":"errors","when":{"above":1000} """));
        Fill(shop, 0, 200);
        await shop.RunAfterAsync(5);
        Assert.Equal([WindowShop.Minute(4)], shop.Told.Select(told => told.Point.Start));
        await shop.RunAsync();
        await shop.RunAfterAsync(200);
        Assert.Equal([WindowShop.Minute(4), WindowShop.Minute(199)], shop.Told.Select(told => told.Point.Start));

        // The closed windows are old: Counters lags, or runs were missed.
        shop.Time.Advance(TimeSpan.FromMinutes(30));
        Fill(shop, 200, 201);
        shop.Windows.ClosedUpTo = WindowShop.Minute(201);
        await shop.RunAsync();
        Assert.Equal(2, shop.Told.Count);
        Assert.Equal(WindowShop.Minute(201), shop.GetState("unusual").Next);
    }

    [Fact]
    public async Task TheLargestSumsMakeFiniteNumbers()
    {
        var shop = new WindowShop(WindowShop.Anomaly(PerValue));
        foreach (var (minute, sum) in ((int, decimal)[])[(0, decimal.MaxValue), (1, decimal.MinValue), (2, decimal.MaxValue), (3, 0)])
        {
            shop.Windows.Add(FakeWindows.Count("revenue", WindowShop.Minute(minute), 1, "EUR") with { Sum = sum });
            await shop.RunAfterAsync(minute + 1);
        }

        Assert.Equal(4, shop.Told.Count);
        Assert.All(shop.Told, told => Assert.All((float[])[told.Point.Value, told.Point.Low, told.Point.High, told.Point.Score], number => Assert.True(float.IsFinite(number))));
    }

    [Fact]
    public async Task AtMostTenTokenValuesBecomeMetrics()
    {
        var shop = new WindowShop(WindowShop.Anomaly(PerValue));
        foreach (var currency in (string[])["EUR", "U SD", "\u20ac", new string('x', 33), "a=b", "", "US-D_1.x"])
        {
            Sell(currency.Replace(" ", "%20", StringComparison.Ordinal));
        }

        await shop.RunAfterAsync(1);
        Assert.Equal(["EUR", "US-D_1.x"], shop.Told.Select(told => told.Value));

        var crowd = new WindowShop(WindowShop.Anomaly(PerValue));
        for (var number = 0; number < 40; number++)
        {
            crowd.Windows.Add(FakeWindows.Count("revenue", WindowShop.Minute(0), 1, $"C{number}") with { Sum = 5 });
        }

        await crowd.RunAfterAsync(1);
        Assert.Equal(SeriesReading.MaxValues, crowd.Told.Count);

        void Sell(string currency) => shop.Windows.Add(FakeWindows.Count("revenue", WindowShop.Minute(0), 1, currency) with { Sum = 5 });
    }

    private static async Task CatchUpAsync(WindowShop shop, int minutes)
    {
        for (var minute = Day; minute <= minutes; minute += Day)
        {
            await shop.RunAfterAsync(minute);
        }
    }

    private static void Fill(WindowShop shop, int from, int to)
    {
        var random = new Random(7);
        for (var minute = from; minute < to; minute++)
        {
            shop.Windows.Add("errors", WindowShop.Minute(minute), 80 + random.Next(40));
        }
    }

    private static int GetSize(Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue> item) => item.Sum(attribute => attribute.Key.Length + GetSize(attribute.Value));

    private static int GetSize(Amazon.DynamoDBv2.Model.AttributeValue value) =>
        3 + (value.S is { } text ? System.Text.Encoding.UTF8.GetByteCount(text) : 0) + (value.N?.Length ?? 0) + (int)(value.B?.Length ?? 0)
        + (value.L?.Sum(one => 1 + GetSize(one)) ?? 0) + (value.M?.Sum(one => 1 + one.Key.Length + GetSize(one.Value)) ?? 0);
}
