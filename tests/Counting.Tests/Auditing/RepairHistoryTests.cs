using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Auditing;
using Analytics.Counting.Chain;
using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Counting.Tests.Histories;
using Analytics.Streaming;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Sdk;

namespace Analytics.Counting.Tests.Auditing;

/// <summary>
/// Repairs concurrent with each other, with rollups and with the function; calls take effect in any order, fail, are lost or end their process. A
/// table with skipped records and damaged windows is correct at the end.
/// </summary>
public sealed class RepairHistoryTests
{
    private const string Shard = "shard-0";
    private const int Records = 24;
    private const int Cases = 300;

    private static readonly CounterPlan Plan = Some.Plan(
        """{"name":"revenue","pattern":{"event_type":[{"exists":true}]},"measure":"sum","field":"amount","by":["page_url"],"windows":["minute","day"]}""",
        """{"name":"people","pattern":{"event_type":[{"exists":true}]},"measure":"distinct","field":"user_id","windows":["hour"]}""");

    [Fact]
    public void InterleavedOrInterruptedRepairsCountEachRecordOnceAndRestoreWindows() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(PropertyCases.Limit(Cases)).WithEndSize(80).WithParallelRunConfig(new ParallelRunConfig(Environment.ProcessorCount)),
            Prop.ForAll(Arb.From(Interleavings()), one => new RepairHistory(one, new FakeCounterTable()).Run()));

    [Fact]
    public void WithoutTheCorrectionConditionCountersAreWrong()
    {
        for (var number = 0; number < Cases; number++)
        {
            var interleaving = Interleavings().Sample(1, new Rnd((ulong)number), 20 + (number % 60))[0];
            try
            {
                new RepairHistory(interleaving, new FakeCounterTable { Ignores = (key, condition) => condition.Kind == PutConditionKind.Absent && key.Partition.StartsWith(CounterKeys.GetChain(CounterKeys.GetCorrections("")), StringComparison.Ordinal) }).Run();
            }
            catch (Exception exception) when (exception is XunitException or CounterTableException)
            {
                return;
            }
        }

        Assert.Fail("No history shows that the condition matters.");
    }

    private static Gen<Interleaving> Interleavings()
    {
        var numbers = Gen.Choose(0, 9999).ArrayOf();
        return
            from steps in numbers
            from more in numbers
            from faults in numbers
            from batch in Gen.Choose(1, 5)
            from skipped in Gen.Choose(0, (1 << (Records / 2)) - 1)
            select new Interleaving([.. steps, .. more], faults, batch, skipped);
    }

    /// <param name="Steps">The process that starts, or the call that takes effect.</param>
    /// <param name="Faults">The faults of calls.</param>
    /// <param name="Batch">Records of a batch.</param>
    /// <param name="Skipped">The batches that exhausted their retries, by bits.</param>
    internal sealed record Interleaving(int[] Steps, int[] Faults, int Batch, int Skipped);

    private sealed class RepairHistory(Interleaving interleaving, FakeCounterTable table)
    {
        private readonly Script _script = new();
        private readonly FakeTime _clock = new(Some.Noon);
        private readonly ArchiveInMemory _archive = new();
        private readonly List<Task> _tasks = [];
        private readonly Queue<StreamRecord[]> _batches = new();
        private Task<CommitResult>? _commit;

        public void Run()
        {
            var context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                Fill();
                var faults = new Queue<int>(interleaving.Faults);
                foreach (var step in interleaving.Steps)
                {
                    Step(step, faults);
                    ThrowWhatFailed();
                }

                Finish();
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(context);
            }
        }

        private void Fill()
        {
            StreamRecord[] records = [.. Enumerable.Range(1, Records).Select(number => Some.Record(
                Shard,
                number,
                string.Create(CultureInfo.InvariantCulture, $$"""{"event_type":"purchase","user_id":"u{{number % 5}}","amount":{{1 << number}},"page_url":"/{{number % 3}}"}"""),
                Some.Noon.AddSeconds(number)))];
            Array.ForEach(records, _archive.Add);
            foreach (var (index, batch) in records.Chunk(interleaving.Batch).Index())
            {
                // The function still counts records beyond the end of its chain: the last batch is always counted.
                if ((interleaving.Skipped >> (index % (Records / 2)) & 1) == 0 || batch[^1] == records[^1])
                {
                    _batches.Enqueue(batch);
                }
            }

            // Half of them are counted and rolled up; the function continues with the others.
            for (var left = _batches.Count / 2; left > 0; left--)
            {
                _ = Wait(Commit(table));
            }

            _ = Wait(new CounterRollup(table, _clock, RollupSettings.Default).RunAsync(CancellationToken.None));
            if (interleaving.Skipped % 2 == 1 && table.Items.FirstOrDefault(item => item["pk"].S.StartsWith("revenue|", StringComparison.Ordinal)) is { } window)
            {
                window["values"].M.First().Value.M["count"].N = "1";
                table.Put(window);
            }

            if (interleaving.Skipped % 4 == 1 && table.Items.FirstOrDefault(item => item["pk"].S.StartsWith("people|", StringComparison.Ordinal)) is { } lost)
            {
                table.Remove(Attributes.GetKey(lost));
            }

            _clock.Now += TimeSpan.FromMinutes(10);
        }

        private void Step(int step, Queue<int> faults)
        {
            switch (step % 12)
            {
                case 0:
                    _tasks.Add(Correct(new object()));
                    break;
                case 1:
                    _tasks.Add(Restore(new object()));
                    break;
                case 2:
                    _tasks.Add(new CounterRollup(_script.CreateTable(new object(), table), _clock, RollupSettings.Default).RunAsync(CancellationToken.None));
                    break;
                case 3 when _commit is null && _batches.Count > 0:
                    _commit = Commit(_script.CreateTable(new CommitProcess(), table));
                    break;
                default:
                    if (_script.Pending.Count > 0)
                    {
                        // Two of three calls succeed.
                        var fault = (Fault)Math.Max(0, (faults.TryDequeue(out var number) ? number % 16 : 0) - 10);
                        var call = _script.Pending[step / 12 % _script.Pending.Count];
                        _script.Release(call, IsOfFunction(call) ? Fault.None : fault);
                    }

                    break;
            }

            if (_commit is { IsCompleted: true })
            {
                Assert.Equal(CommitResult.Complete, _commit.GetAwaiter().GetResult());
                _commit = null;
            }
        }

        /// <summary>The exactness of the function itself is tested separately.</summary>
        private static bool IsOfFunction(Script.PendingCall call) => call.Process is CommitProcess;

        private Task<CommitResult> Commit(ICounterTable seen) =>
            new CounterCommitter(Plan, seen, _clock, ChainSettings.Default).CommitAsync(Some.Fold(Plan, _batches.Dequeue()), CancellationToken.None);

        private Task Correct(object process) =>
            new CounterCorrector(_script.CreateTable(process, table), _clock, new CorrectorSettings { MaxRecords = 2 })
                .CorrectAsync(Shard, [.. _archive.Shards[Shard].Values], CancellationToken.None);

        private Task Restore(object process) =>
            new CounterAuditor(_script.CreateTable(process, table), _ => _script.ScanAsync(process, table.Scan), _clock)
                .RestoreAsync(_archive, Scope, CancellationToken.None);

        private static CounterAuditScope Scope => new(Some.Noon.AddDays(-1), Some.Noon.AddDays(1));

        private void Finish()
        {
            Drain();
            while (_batches.Count > 0)
            {
                Assert.Equal(CommitResult.Complete, Wait(Commit(table)));
            }

            for (var round = 0; round < 3; round++)
            {
                _tasks.Add(Correct(new object()));
                Drain();
                _tasks.Add(new CounterRollup(_script.CreateTable(new object(), table), _clock, RollupSettings.Default).RunAsync(CancellationToken.None));
                Drain();
                _tasks.Add(Restore(new object()));
                Drain();
            }

            var result = Wait(new CounterAuditor(table, _ => ScanAsync(), _clock).AuditAsync(_archive, Scope, CancellationToken.None));
            Assert.Empty(result.Differences);
            Assert.Empty(result.Findings);

            var sum = Wait(new CounterReader(table, _ => ScanAsync()).ScanAsync())
                .Where(value => value is { Counter: "revenue", Window: Analytics.Events.Definitions.CounterWindow.Day }).Sum(value => value.Sum!.Value);
            Assert.Equal(Enumerable.Range(1, Records).Sum(number => 1L << number), (long)sum);
        }

        private void Drain()
        {
            while (_script.Pending.Count > 0)
            {
                _script.Release(_script.Pending[0], Fault.None);
            }

            if (_commit is { IsCompleted: true })
            {
                Assert.Equal(CommitResult.Complete, _commit.GetAwaiter().GetResult());
                _commit = null;
            }

            ThrowWhatFailed();
        }

        /// <summary>Rejected calls and lost responses end a repair; other exceptions are errors.</summary>
        private void ThrowWhatFailed()
        {
            foreach (var task in _tasks.Where(task => task.IsCompleted).ToList())
            {
                _ = _tasks.Remove(task);
                if (task.Exception?.InnerException is { } exception and not TimeoutException)
                {
                    System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
                }
            }
        }

        private static T Wait<T>(Task<T> task)
        {
            Assert.True(task.IsCompleted);
            return task.GetAwaiter().GetResult();
        }

        private async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync()
        {
            foreach (var item in table.Items.ToList())
            {
                yield return item;
            }

            await Task.CompletedTask;
        }

        private sealed class CommitProcess;
    }
}
