using Analytics.Alerting.Messages;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Reading;
using Analytics.Alerting.Sending;
using Analytics.Alerting.Storage;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Tests.Sending;

public sealed class EventAlertSenderTests : IAlertPublisher
{
    private readonly FakeAlertTable _table = new();
    private readonly List<AlertMessage> _published = [];
    private readonly MatchRule _cooled = SomeAlerts.Rule(""","cooldown":{"period":"1h","by":["user_id"]}""");

    /// <summary>In a batch of a consumer, other events with the first or last sequence number may come in another batch.</summary>
    [Theory]
    [InlineData(true, 1, true)]
    [InlineData(true, 2, false)]
    [InlineData(true, 3, true)]
    [InlineData(false, 1, false)]
    [InlineData(false, 3, false)]
    public async Task AnEventThatSharesASequenceNumberWithAnEdgeIsDecidedIfTheEdgesAreOpen(bool hasOpenEdges, int number, bool isDecided)
    {
        var first = SomeAlerts.Batch([.. Enumerable.Range(1, 3).Select(match => SomeAlerts.Match(_cooled, match, key: "a"))], 1, 3) with { HasOpenEdges = hasOpenEdges };
        await SendAsync(first);
        await SendAsync(first);
        Assert.Single(_published);
        var held = await new AlertHistory(_table).ReadHeldBackAsync("order", Some.Now, CancellationToken.None);
        Assert.Equal(2, Assert.Single(held).Count);

        var other = SomeAlerts.Match(_cooled, number, key: "b") with { Id = "another event" };
        await SendAsync(SomeAlerts.Batch([other], number, number) with { HasOpenEdges = hasOpenEdges });

        Assert.Equal(isDecided, _published.Count == 2);
    }

    [Fact]
    public async Task AnAlertHasTheKeyOfItsCooldownUnlessThereIsOnlyOne()
    {
        await SendAsync(SomeAlerts.Batch([SomeAlerts.Match(_cooled, 1, key: "ann")], 1, 1));
        await SendAsync(SomeAlerts.Batch([SomeAlerts.Match(SomeAlerts.Rule(""","cooldown":{"period":"1h"}""", "all"), 2)], 2, 2));

        Assert.Equal(["ann", null], _published.Select(alert => alert.Key));
    }

    [Fact]
    public async Task AlertsArePublishedInTheOrderOfTheRecords()
    {
        var plain = SomeAlerts.Rule(name: "plain");
        await SendAsync(SomeAlerts.Batch([SomeAlerts.Match(_cooled, 1, key: "a"), SomeAlerts.Match(plain, 2), SomeAlerts.Match(_cooled, 3, key: "b")], 1, 3));

        Assert.Equal(["order", "plain", "order"], _published.Select(alert => alert.Rule));
    }

    [Fact]
    public async Task RulesWithoutACooldownNeedNoLedger()
    {
        await SendAsync(SomeAlerts.Batch([], 1, 9));
        Assert.Empty(_table.Calls);

        await SendAsync(SomeAlerts.Batch([SomeAlerts.Match(SomeAlerts.Rule(), 1)], 1, 1));

        Assert.Single(_published);
        Assert.DoesNotContain("query", _table.Calls);
    }

    [Fact]
    public async Task ABatchWhoseAlertsAreAllHeldBackTakesNoLease()
    {
        await SendAsync(SomeAlerts.Batch([SomeAlerts.Match(_cooled, 1, key: "a")], 1, 1));
        var leases = CountLeaseWrites();

        await SendAsync(SomeAlerts.Batch([SomeAlerts.Match(_cooled, 2, key: "a")], 2, 2));

        Assert.Equal(2, leases);
        Assert.Equal(leases, CountLeaseWrites());
    }

    [Theory]
    [InlineData("alert|ledger|", "Conflicting writes to the shard's ledger persist.")]
    [InlineData("alert|gate|", "Conflicting writes to the cooldowns of order persist.")]
    public async Task ConflictsThatPersistFailTheBatch(string prefix, string message)
    {
        var refused = 0;
        _table.Refuses = partition =>
        {
            var refuses = partition.StartsWith(prefix, StringComparison.Ordinal);
            refused += refuses ? 1 : 0;
            return refuses;
        };
        var batch = SomeAlerts.Batch([SomeAlerts.Match(_cooled, 1, key: "a")], 1, 1);

        var error = await Assert.ThrowsAsync<AlertStateException>(() => SendAsync(batch));

        Assert.Equal(message, error.Message);
        Assert.InRange(refused, 2, 100);
        _table.Refuses = _ => false;
        await SendAsync(batch);
        Assert.Single(_published);
    }

    Task<(IReadOnlyList<int> Failed, Exception? Cause)> IAlertPublisher.PublishAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken)
    {
        _published.AddRange(messages);
        return Task.FromResult<(IReadOnlyList<int>, Exception?)>(([], null));
    }

    private Task SendAsync(EventAlertBatch batch) =>
        new EventAlertSender(_table, this, null, new FakeTime(Some.Now)).SendAsync(batch, CancellationToken.None);

    private long CountLeaseWrites() => _table.Items.Where(item => item.Key.Partition.StartsWith("alert|lease|", StringComparison.Ordinal))
        .Sum(item => AlertItems.Number(item.Value[AlertItems.Version]));
}
