using Amazon.DynamoDBv2;
using Analytics.Alerting.Storage;
using Analytics.Alerting.Windows;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Reading;

/// <summary>Reads the scores and expected ranges stored by the function Anomalies.</summary>
public sealed class ExpectedRangeReader
{
    private readonly IAlertTable _table;

    /// <summary>Reads from a table.</summary>
    public ExpectedRangeReader(IAmazonDynamoDB dynamoDb, string table, TimeProvider clock)
        : this(new AlertTable(dynamoDb, table, clock, Random.Shared))
    {
    }

    internal ExpectedRangeReader(IAlertTable table) => _table = table;

    /// <summary>Reads the latest windows of rules, in one call.</summary>
    /// <param name="rules">The rules; a rule that was never evaluated has no windows.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The series, ordered by rule, then by length of history, longest first.</returns>
    /// <exception cref="AmazonDynamoDBException">The table cannot be read.</exception>
    public async Task<IReadOnlyList<ExpectedSeries>> ReadAsync(
        IReadOnlyList<AnomalyRule> rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var (items, failures) = await _table.GetAsync([.. rules.Select(rule => WindowRuleState.CreateKey(rule.Name))], cancellationToken).ConfigureAwait(false);
        if (failures.Cause is { } cause)
        {
            throw new AmazonDynamoDBException($"The expected ranges cannot be read: {cause.Message}", cause);
        }

        return
        [
            .. from rule in rules
               let item = items.FirstOrDefault(item => item[AlertItems.Partition].S == AlertItems.WindowPartition(rule.Name))
               from series in WindowRuleState.Read(item, null, now).SeriesByAge
               select new ExpectedSeries(rule.Name, series.Shown, [.. series.Latest.Points]),
        ];
    }
}
