using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Storage;

namespace Analytics.Alerting.Sending;

/// <summary>
/// The right to publish a shard's alerts, or those of the rules about windows, for some seconds. Lambda gives a shard's batches to one environment at a time, and runs a schedule
/// once, except when it repeats an invocation whose answer it did not get: then the second waits here until the first is done, or its lease is over.
/// </summary>
internal sealed class SendingLease : IDisposable
{
    /// <summary>How long a lease is valid. Who crashes with it makes the next one wait for so long at most.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    /// <summary>How long before its end the owner stops publishing: more than clocks differ, and than a call is on its way.</summary>
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

    /// <summary>Fires when the owner has to stop publishing.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>Gets the lease, if need be after the one who has it.</summary>
    /// <param name="table">The table.</param>
    /// <param name="clock">The time.</param>
    /// <param name="name">The shard, or another name of those who may not publish at once.</param>
    /// <param name="owner">A name that no other invocation has.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token fired first.</exception>
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

    /// <summary>Renews the lease when less than half of it is left.</summary>
    /// <returns>Whether it is still the owner's.</returns>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        if (_until - _clock.GetUtcNow() > Duration / 2)
        {
            return true;
        }

        return !_end.IsCancellationRequested && await TryAcquireAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives it back. If that fails, the next one waits until it is over.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = await _table.TryPutAsync(ToItem(_version + 1, DateTimeOffset.UnixEpoch), _version, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What was published stands, and must not fail for this.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The next one waits.
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
            // Another was faster, or this very write was repeated after a lost reply: reading again tells.
            return false;
        }

        _version = (version ?? 0) + 1;
        _until = until;

        // The lease began before the write, which may have taken long.
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
