using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Storage;
using Analytics.Tables;

namespace Analytics.Alerting.Tests.Sending;

/// <summary>
/// The calls of a process. Each waits for its outcome: it can succeed, fail, succeed with a lost response, or be the process's last one, before or after it takes effect.
/// </summary>
internal sealed class FaultyCalls(FakeAlertTable table, SentHistory history) : IAlertTable, IAlertPublisher
{
    private TaskCompletionSource<Fate>? _call;

    /// <summary>Published alerts that are not marked.</summary>
    public HashSet<string> Unmarked { get; } = new(StringComparer.Ordinal);

    public bool IsKilled { get; private set; }

    public bool IsWaiting => _call is not null;

    public static Fate GetFate(int decision) => decision switch
    {
        0 or 1 => Fate.KillBefore,
        2 or 3 => Fate.KillAfter,
        4 => Fate.Error,
        5 or 6 => Fate.LostReply,
        7 => Fate.RepeatedWrite,
        _ => Fate.Made,
    };

    public void Continue(Fate fate)
    {
        var call = _call!;
        _call = null;
        call.SetResult(fate);
    }

    public async Task<(IReadOnlyCollection<Dictionary<string, AttributeValue>> Items, TableFailures Failures)> GetAsync(
        IReadOnlyList<Dictionary<string, AttributeValue>> keys, CancellationToken cancellationToken)
    {
        if (await FateAsync() is not Fate.Made)
        {
            return ([], new TableFailures([.. Enumerable.Range(0, keys.Count)], new IOException()));
        }

        return await table.GetAsync(keys, cancellationToken);
    }

    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
        string partition, string after, bool descending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ReadAsync();
        await foreach (var item in table.QueryAsync(partition, after, descending, cancellationToken))
        {
            yield return item;
        }
    }

    public async Task<TableFailures> PutAsync(IReadOnlyList<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
    {
        var fate = await FateAsync();
        var failures = new TableFailures([.. Enumerable.Range(0, items.Count)], new IOException());
        if (fate == Fate.Error)
        {
            history.Excuse(this);
            Unmarked.Clear();
            return failures;
        }

        _ = await table.PutAsync(items, cancellationToken);
        Unmarked.Clear();
        await DieIfAsync(fate == Fate.KillAfter);
        return fate == Fate.LostReply ? failures : TableFailures.None;
    }

    public async Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, long? version, CancellationToken cancellationToken)
    {
        var fate = await FateAsync();
        if (fate == Fate.Error)
        {
            throw new IOException();
        }

        var isWritten = await table.TryPutAsync(item, version, cancellationToken);
        await DieIfAsync(fate == Fate.KillAfter);
        return fate switch
        {
            Fate.LostReply => throw new IOException(),
            // The SDK retries the call when it receives no response.
            Fate.RepeatedWrite => await table.TryPutAsync(item, version, cancellationToken),
            _ => isWritten,
        };
    }

    public async Task<(IReadOnlyList<int> Failed, Exception? Cause)> PublishAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken)
    {
        var fate = await FateAsync();
        IReadOnlyList<int> all = [.. Enumerable.Range(0, messages.Count)];
        if (fate == Fate.Error || cancellationToken.IsCancellationRequested)
        {
            return (all, new IOException());
        }

        var ids = messages.Select(message => message.Id).ToList();
        foreach (var message in messages)
        {
            history.Publish(message.Id, message.ForMachines().TryGetProperty("held_back", out var held) ? held.GetInt64() : 0);
        }

        Unmarked.UnionWith(ids);
        await DieIfAsync(fate == Fate.KillAfter);
        if (fate == Fate.LostReply)
        {
            history.Excused.UnionWith(ids);
            Unmarked.Clear();
            return (all, new IOException());
        }

        return ([], null);
    }

    /// <summary>A call that only reads.</summary>
    public async Task ReadAsync()
    {
        if (await FateAsync() is not Fate.Made)
        {
            throw new IOException();
        }
    }

    private async Task<Fate> FateAsync()
    {
        // Continuations run where the call continues, so that the world has one thread.
        _call = new TaskCompletionSource<Fate>();
        var fate = await _call.Task;
        history.Note(fate switch
        {
            Fate.KillBefore => "kill before",
            Fate.KillAfter => "kill after",
            Fate.Error => "error",
            Fate.LostReply => "lost reply",
            Fate.RepeatedWrite => "repeated write",
            _ => "call",
        });
        await DieIfAsync(fate == Fate.KillBefore);
        return fate;
    }

    private Task DieIfAsync(bool isKilled)
    {
        if (!isKilled)
        {
            return Task.CompletedTask;
        }

        IsKilled = true;
        history.Excuse(this);
        return new TaskCompletionSource().Task;
    }
}
