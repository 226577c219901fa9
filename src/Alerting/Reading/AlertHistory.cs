using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Analytics.Alerting.Cooldowns;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Sending;
using Analytics.Alerting.Storage;

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

    /// <summary>Reads the alerts of a rule whose events arrived in a time range, in order of arrival.</summary>
    public async IAsyncEnumerable<SentAlert> ReadSentAsync(
        string rule, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var day = from.UtcDateTime.Date; day <= to.UtcDateTime; day = day.AddDays(1))
        {
            var partition = AlertItems.SentPartition(rule, new DateTimeOffset(day, TimeSpan.Zero));
            await foreach (var item in _table.QueryAsync(partition, "", descending: false, cancellationToken).ConfigureAwait(false))
            {
                var arrival = SentAlerts.ArrivalOf(item, day);
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
            [AlertItems.Key(AlertItems.GatePartition(rule), CooldownGate.SortKey)], cancellationToken).ConfigureAwait(false);
        if (failures.Cause is { } cause)
        {
            throw new AmazonDynamoDBException($"The cooldowns of {rule} cannot be read: {cause.Message}", cause);
        }

        var gate = CooldownGate.Read(items.FirstOrDefault(), now);
        await EventAlertSender.FoldAsync(_table, gate, rule, now, cancellationToken).ConfigureAwait(false);
        return
        [
            .. gate.Keys.Where(key => key.HeldBack > 0).OrderByDescending(key => key.HeldBack).ThenBy(key => key.Key, StringComparer.Ordinal)
                .Select(key => new HeldBackAlerts(rule, PrintableText.Of(key.Key, AlertMessage.MaxKeyLength), key.HeldBack, key.LastAlert, key.ClosedUntil)),
        ];
    }
}
