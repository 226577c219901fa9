using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Sending;
using Analytics.Alerting.Storage;
using Analytics.Tables;

namespace Analytics.Alerting.Tests.Sending;

public sealed class SendingLeaseTests
{
    private readonly FakeTime _time = new(Some.Now);
    private readonly FakeAlertTable _table = new();

    [Fact]
    public async Task LeaseWhoseWriteTookTooLongIsInvalid()
    {
        var slow = new SlowTable(_table, () => _time.Advance(SendingLease.Duration));
        var acquiring = SendingLease.AcquireAsync(slow, _time, "shard", "a", CancellationToken.None);
        Assert.False(acquiring.IsCompleted);

        // It has expired, so another owner may acquire it.
        using (await SendingLease.AcquireAsync(_table, _time, "shard", "b", CancellationToken.None))
        {
            _time.Advance(TimeSpan.FromSeconds(9));
            Assert.False(acquiring.IsCompleted);
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        using var lease = await acquiring;
        Assert.False(lease.End.IsCancellationRequested);
    }

    [Fact]
    public async Task TheTimeOfTheWriteIsPartOfTheLease()
    {
        var slow = new SlowTable(_table, () => _time.Advance(TimeSpan.FromSeconds(5)));
        using var lease = await SendingLease.AcquireAsync(slow, _time, "shard", "a", CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(lease.End.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(lease.End.IsCancellationRequested);
    }

    [Fact]
    public async Task ALeaseIsRenewedWhenHalfOfItIsOver()
    {
        using var lease = await SendingLease.AcquireAsync(_table, _time, "shard", "a", CancellationToken.None);
        var calls = _table.Calls.Count;
        _time.Advance((SendingLease.Duration / 2) - TimeSpan.FromTicks(1));
        Assert.True(await lease.RenewAsync(CancellationToken.None));
        Assert.Equal(calls, _table.Calls.Count);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(await lease.RenewAsync(CancellationToken.None));
        Assert.True(calls < _table.Calls.Count);
        _time.Advance(SendingLease.Duration - SendingLease.Margin - TimeSpan.FromTicks(1));
        Assert.False(lease.End.IsCancellationRequested);
    }

    [Fact]
    public async Task ALeaseThatHasEndedIsNotRenewed()
    {
        using var lease = await SendingLease.AcquireAsync(_table, _time, "shard", "a", CancellationToken.None);
        _time.Advance(SendingLease.Duration - SendingLease.Margin);

        Assert.True(lease.End.IsCancellationRequested);
        Assert.False(await lease.RenewAsync(CancellationToken.None));
    }

    /// <summary>A table whose first conditional write takes long.</summary>
    private sealed class SlowTable(FakeAlertTable table, Action wait) : IAlertTable
    {
        private bool _isFirst = true;

        public Task<(IReadOnlyCollection<Dictionary<string, AttributeValue>> Items, TableFailures Failures)> GetAsync(
            IReadOnlyList<Dictionary<string, AttributeValue>> keys, CancellationToken cancellationToken) =>
            table.GetAsync(keys, cancellationToken);

        public IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
            string partition, string after, bool descending, CancellationToken cancellationToken) => table.QueryAsync(partition, after, descending, cancellationToken);

        public Task<TableFailures> PutAsync(IReadOnlyList<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken) =>
            table.PutAsync(items, cancellationToken);

        public Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, long? version, CancellationToken cancellationToken)
        {
            if (_isFirst)
            {
                _isFirst = false;
                wait();
            }

            return table.TryPutAsync(item, version, cancellationToken);
        }
    }
}
