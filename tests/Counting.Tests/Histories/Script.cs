using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Storage;

namespace Analytics.Counting.Tests.Histories;

/// <summary>
/// Releases calls to a table one at a time, in the order and with the faults of a history. Everything runs on the thread that
/// releases a call.
/// </summary>
internal sealed class Script
{
    private readonly List<PendingCall> _pending = [];

    public IReadOnlyList<PendingCall> Pending => _pending;

    /// <summary>A table as one process sees it.</summary>
    public ICounterTable CreateTable(object process, ICounterTable table) => new ScriptedTable(this, process, table);

    /// <summary>All items as one process reads them: a few at a time, in the order of their keys.</summary>
    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync(object process, Func<ItemKey, int, List<Dictionary<string, AttributeValue>>> scan)
    {
        const int PageSize = 5;
        var last = new ItemKey("", "");
        for (var count = PageSize; count == PageSize;)
        {
            var after = last;
            var page = await CallAsync(process, () => Task.FromResult(scan(after, PageSize)));
            foreach (var item in page)
            {
                last = Attributes.GetKey(item);
                yield return item;
            }

            count = page.Count;
        }
    }

    /// <summary>Releases a call, possibly with a fault.</summary>
    public void Release(PendingCall call, Fault fault)
    {
        _ = _pending.Remove(call);
        call.Run(fault);
        if (fault is Fault.EndsBefore or Fault.EndsAfter)
        {
            End(call.Process);
        }
    }

    /// <summary>Ends a process: its calls never return.</summary>
    public void End(object process) => _pending.RemoveAll(call => ReferenceEquals(call.Process, process));

    private Task<T> CallAsync<T>(object process, Func<Task<T>> effect)
    {
        var answer = new TaskCompletionSource<T>();
        _pending.Add(new PendingCall(process, fault =>
        {
            if (fault is Fault.EndsBefore)
            {
                return;
            }

            if (fault is Fault.Refused)
            {
                answer.SetException(new TimeoutException("refused"));
                return;
            }

            var result = effect().GetAwaiter().GetResult();
            if (fault is Fault.SentTwice)
            {
                result = effect().GetAwaiter().GetResult();
            }

            if (fault is Fault.AnswerLost)
            {
                answer.SetException(new TimeoutException("lost"));
            }
            else if (fault is not Fault.EndsAfter)
            {
                answer.SetResult(result);
            }
        }));
        return answer.Task;
    }

    internal sealed record PendingCall(object Process, Action<Fault> Run);

    private sealed class ScriptedTable(Script script, object process, ICounterTable table) : ICounterTable
    {
        private const int PageSize = 2;

        public Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, PutCondition condition, CancellationToken cancellationToken) =>
            script.CallAsync(process, () => table.TryPutAsync(item, condition, CancellationToken.None));

        public Task<Dictionary<string, AttributeValue>?> GetAsync(ItemKey key, CancellationToken cancellationToken) =>
            script.CallAsync(process, () => table.GetAsync(key, CancellationToken.None));

        public async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
            KeyRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var from = range.From; ;)
            {
                var page = await script.CallAsync(process, () => PageAsync(range with { From = from, Limit = range.Limit ?? PageSize }));
                foreach (var item in page)
                {
                    yield return item;
                }

                if (range.Limit is not null || page.Count < PageSize)
                {
                    yield break;
                }

                from = Attributes.GetKey(page[^1]).Sort + '\u0001';
                if (range.To is { } to && string.CompareOrdinal(from, to) > 0)
                {
                    yield break;
                }
            }
        }

        private async Task<List<Dictionary<string, AttributeValue>>> PageAsync(KeyRange range)
        {
            var items = new List<Dictionary<string, AttributeValue>>();
            await foreach (var item in table.QueryAsync(range, CancellationToken.None))
            {
                items.Add(item);
            }

            return items;
        }
    }
}
