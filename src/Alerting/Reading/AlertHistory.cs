using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Cooldowns;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Sending;
using Analytics.Alerting.Storage;
using Analytics.Alerting.Windows;

namespace Analytics.Alerting.Reading;

/// <summary>Reads sent and held-back alerts.</summary>
public sealed class AlertHistory
{
    private readonly IAlertTable _table;

    /// <summary>Creates a reader of a table.</summary>
    public AlertHistory(IAmazonDynamoDB dynamoDb, string table, TimeProvider clock)
        : this(new AlertTable(dynamoDb, table, clock, Random.Shared))
    {
    }

    internal AlertHistory(IAlertTable table) => _table = table;

    /// <summary>Reads the alerts of a rule whose events arrived, or whose windows started, in a time range, in this order.</summary>
    public async IAsyncEnumerable<SentAlert> ReadSentAsync(
        string rule, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var day = from.UtcDateTime.Date; day <= to.UtcDateTime; day = day.AddDays(1))
        {
            var partition = AlertItems.SentPartition(rule, new DateTimeOffset(day, TimeSpan.Zero));
            await foreach (var item in _table.QueryAsync(partition, "", descending: false, cancellationToken).ConfigureAwait(false))
            {
                var arrival = SentAlerts.GetArrival(item, day);
                if (arrival >= from && arrival < to)
                {
                    yield return SentAlerts.Read(item);
                }
            }
        }
    }

    /// <summary>Reads the held-back alerts of a rule by key.</summary>
    /// <exception cref="AmazonDynamoDBException">The table cannot be read.</exception>
    public async Task<IReadOnlyList<HeldBackAlerts>> ReadHeldBackAsync(string rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (items, failures) = await _table.GetAsync(
            [AlertItems.Key(AlertItems.GatePartition(rule), CooldownGate.SortKey), WindowRuleState.CreateKey(rule)], cancellationToken).ConfigureAwait(false);
        if (failures.Cause is { } cause)
        {
            throw new AmazonDynamoDBException($"The cooldowns of {rule} cannot be read: {cause.Message}", cause);
        }

        var windows = WindowRuleState.Read(Find(AlertItems.WindowPartition(rule)), null, now);
        var gate = CooldownGate.Read(Find(AlertItems.GatePartition(rule)), now);
        await EventAlertSender.FoldAsync(_table, gate, rule, now, cancellationToken).ConfigureAwait(false);
        return
        [
            .. gate.Keys.Concat(windows.Cooldowns.Keys.Select(key => (key.Key, key.Value.HeldBack, key.Value.ClosedUntil, key.Value.LastAlert)))
                .Where(key => key.HeldBack > 0).OrderByDescending(key => key.HeldBack).ThenBy(key => key.Key, StringComparer.Ordinal)
                .Select(key => new HeldBackAlerts(rule, PrintableText.Create(key.Key, AlertMessage.MaxKeyLength), key.HeldBack, key.LastAlert, key.ClosedUntil)),
        ];

        Dictionary<string, AttributeValue>? Find(string partition) => items.FirstOrDefault(item => item[AlertItems.Partition].S == partition);
    }
}
