using Analytics.Alerting.Messages;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Reading;
using Analytics.Alerting.Sending;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Tests.Reading;

public sealed class AlertHistoryTests
{
    private const string OtherShard = "shardId-000000000002";

    private readonly FakeAlertTable _table = new();
    private readonly FakeTime _time = new(Some.Now);
    private readonly MatchRule _cooled = SomeAlerts.Rule(""","cooldown":{"period":"1h","by":["user_id"]}""");

    [Fact]
    public async Task SentAlertsAreListedByArrivalOverDays()
    {
        var rule = SomeAlerts.Rule();
        await SendAsync(1, Some.Now.AddDays(-2), rule);
        await SendAsync(2, Some.Now.AddDays(-1), rule);
        await SendAsync(3, Some.Now.AddHours(-1), rule);
        await SendAsync(4, Some.Now, rule);

        Assert.Equal([2, 3], (await SentAsync(Some.Now.AddDays(-1), Some.Now)).Select(alert => (int)char.GetNumericValue(alert.Id[^3])));
        var sent = (await SentAsync(Some.Now.AddHours(-1), Some.Now)).Single();
        Assert.Equal($"order:{Some.Shard}:{Some.Sequence(3)}:0", sent.Id);
        Assert.Equal(("order", "warning", null, "An Order", null), (sent.Rule, sent.Severity, sent.Key, sent.Subject, sent.HeldBack));
        Assert.Equal((Some.Now.AddHours(-1), Some.Now), (sent.Time, sent.PublishedAt));
    }

    [Fact]
    public async Task HeldBackAlertsAreAddedOverShards()
    {
        await SendAsync(1, Some.Arrival, _cooled, ["a", "b", "a", "a\u202e"]);
        await SendAsync(1, Some.Arrival.AddSeconds(1), _cooled, ["a", "a"], OtherShard);
        await SendAsync(9, Some.Arrival.AddSeconds(2), _cooled, ["b", "a\u202e"]);

        Assert.Equal(
            [new("order", "a", 3, Some.Arrival, Some.Arrival.AddHours(1)), new("order", "a[U+202E]", 1, Some.Arrival, Some.Arrival.AddHours(1)), new("order", "b", 1, Some.Arrival, Some.Arrival.AddHours(1))],
            await HeldAsync());
        Assert.Equal(3, (await SentAsync(Some.Now.AddDays(-1), Some.Now)).Count);

        await SendAsync(20, Some.Arrival.AddHours(1), _cooled, ["a"]);
        Assert.Equal(["a[U+202E]", "b"], (await HeldAsync()).Select(held => held.Key));
    }

    [Fact]
    public async Task RuleThatNeverSentHoldsBackNothing()
    {
        Assert.Empty(await HeldAsync());
        Assert.Empty(await SentAsync(Some.Now.AddDays(-9), Some.Now));
    }

    private Task SendAsync(int first, DateTimeOffset arrival, MatchRule rule, string[]? keys = null, string shard = Some.Shard)
    {
        var matches = (keys ?? ["k"]).Select((key, index) => SomeAlerts.Match(rule, first + index, arrival, key, shard)).ToList();
        return new EventAlertSender(_table, new Topic(), null, _time).SendAsync(SomeAlerts.Batch(matches, first, first + matches.Count - 1, shard: shard), CancellationToken.None);
    }

    private async Task<List<SentAlert>> SentAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var sent = new List<SentAlert>();
        await foreach (var alert in new AlertHistory(_table).ReadSentAsync("order", from, to, CancellationToken.None))
        {
            sent.Add(alert);
        }

        return sent;
    }

    private Task<IReadOnlyList<HeldBackAlerts>> HeldAsync() => new AlertHistory(_table).ReadHeldBackAsync("order", Some.Now, CancellationToken.None);

    private sealed class Topic : IAlertPublisher
    {
        public Task<(IReadOnlyList<int> Failed, Exception? Cause)> PublishAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken) =>
            Task.FromResult<(IReadOnlyList<int>, Exception?)>(([], null));
    }
}
