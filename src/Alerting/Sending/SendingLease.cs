using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Storage;

namespace Analytics.Alerting.Sending;

/// <summary>
/// The right to publish a shard's alerts, or those of threshold and anomaly rules, for a few seconds. Lambda delivers a shard's batches to one execution environment at a time, and runs a
/// schedule once, except when it repeats an invocation whose response it did not receive: then the second waits here until the first is done or its lease has expired.
/// </summary>
internal sealed class SendingLease : IDisposable
{
    /// <summary>Duration of a lease, and the maximum wait after its owner crashes.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    /// <summary>Time before the end of the lease at which the owner stops publishing: longer than clock differences and a call's duration.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private const string SortKey = "lease";

    private readonly IAlertTable _table;
    private readonly TimeProvider _clock;
    private readonly string _partition;
    private readonly string _owner;
    private CancellationTokenSource _end = new();
    private long _version;
    private DateTimeOffset _until;

    private SendingLease(IAlertTable table, TimeProvider clock, string name, string owner)
    {
        _table = table;
        _clock = clock;
        _partition = AlertItems.LeasePartition(name);
        _owner = owner;
    }

    /// <summary>Canceled when the owner must stop publishing.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>Acquires the lease, waiting for its current owner if necessary.</summary>
    /// <param name="table">The table.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="name">The shard, or another name shared by those who must not publish at the same time.</param>
    /// <param name="owner">The unique name of the invocation.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static async Task<SendingLease> AcquireAsync(
        IAlertTable table, TimeProvider clock, string name, string owner, CancellationToken cancellationToken)
    {
        var lease = new SendingLease(table, clock, name, owner);
        try
        {
            while (!await lease.TryAcquireAsync(cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
            }

            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Renews the lease if less than half of it is left.</summary>
    /// <returns>Whether the owner still has the lease.</returns>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        if (_until - _clock.GetUtcNow() > Duration / 2)
        {
            return true;
        }

        return !_end.IsCancellationRequested && await TryAcquireAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Releases the lease. If that fails, the next owner waits until it expires.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = await _table.TryPutAsync(ToItem(_version + 1, DateTimeOffset.UnixEpoch), _version, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Published alerts must not fail because of this.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The next owner waits.
        }
    }

    public void Dispose() => _end.Dispose();

    private async Task<bool> TryAcquireAsync(CancellationToken cancellationToken)
    {
        var (items, failures) = await _table.GetAsync([AlertItems.Key(_partition, SortKey)], cancellationToken).ConfigureAwait(false);
        if (failures.Cause is { } cause)
        {
            throw new AlertStateException("The lease cannot be read.", cause);
        }

        var item = items.FirstOrDefault();
        var now = _clock.GetUtcNow();
        if (item is not null && item["owner"].S != _owner && AlertItems.Time(item["until"]) > now)
        {
            return false;
        }

        long? version = item is null ? null : AlertItems.Number(item[AlertItems.Version]);
        var until = now + Duration;
        if (!await _table.TryPutAsync(ToItem((version ?? 0) + 1, until), version, cancellationToken).ConfigureAwait(false))
        {
            // Another invocation was faster, or this write was repeated after a lost reply: read again to find out.
            return false;
        }

        _version = (version ?? 0) + 1;
        _until = until;

        // The lease started before the write, which may have taken long.
        var left = until - Margin - _clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        _end.Dispose();
        _end = new CancellationTokenSource(left, _clock);
        return true;
    }

    private Dictionary<string, AttributeValue> ToItem(long version, DateTimeOffset until)
    {
        var item = AlertItems.Key(_partition, SortKey);
        item[AlertItems.Version] = AlertItems.Number(version);
        item["owner"] = AlertItems.Text(_owner);
        item["until"] = AlertItems.Time(until);
        AlertItems.Expire(item, _clock.GetUtcNow());
        return item;
    }
}
