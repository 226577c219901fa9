using Amazon.Lambda.KinesisEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.Kinesis;
using FsCheck;
using FsCheck.Fluent;
using KinesisRecord = Amazon.Lambda.KinesisEvents.KinesisEvent.KinesisEventRecord;

namespace Analytics.Packages.Tests.Powertools;

public sealed class BatchProcessingTests
{
    private static readonly ProcessingOptions Continue = new() { ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.ContinueOnBatchItemFailure };

    [Fact]
    public async Task RecordsAreHandledOneByOneInTheirOrder()
    {
        var begun = new List<string>();
        var running = 0;
        var handler = RecordHandler<KinesisRecord>.From(async record =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            begun.Add(record.Kinesis.SequenceNumber);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return RecordHandlerResult.FromData(record.Kinesis.PartitionKey);
        });

        var result = await KinesisEventBatchProcessor.Instance.ProcessAsync(Batch(4), handler);

        Assert.Equal(["100", "101", "102", "103"], begun);
        Assert.Equal(begun, result.BatchRecords.Select(record => record.Kinesis.SequenceNumber));
        Assert.Equal(begun, result.SuccessRecords.Select(success => success.RecordId));
        Assert.Equal(["k0", "k1", "k2", "k3"], result.SuccessRecords.Select(success => success.HandlerResult.Data));
        Assert.Empty(result.FailureRecords);
        Assert.Empty(result.BatchItemFailuresResponse.BatchItemFailures);
    }

    [Fact]
    public async Task AFailureOfAStreamStopsTheBatchAndReportsTheRest()
    {
        var handled = new List<string>();

        var result = await KinesisEventBatchProcessor.Instance.ProcessAsync(Batch(5), FailingAt(handled, 102));

        Assert.Equal(["100", "101", "102"], handled);
        Assert.Equal(["102", "103", "104"], Reported(result));
        Assert.Equal(["100", "101"], result.SuccessRecords.Select(success => success.RecordId));
        Assert.IsType<InvalidDataException>(result.FailureRecords[0].Exception.InnerException);
        Assert.Contains("102", result.FailureRecords[0].Exception.Message);
        Assert.Contains("earlier record", result.FailureRecords[1].Exception.Message);
    }

    [Fact]
    public async Task ContinuedBatchReportsOnlyFailedRecords()
    {
        var handled = new List<string>();

        var result = await KinesisEventBatchProcessor.Instance.ProcessAsync(Batch(5), FailingAt(handled, 101, 103), Continue);

        Assert.Equal(5, handled.Count);
        Assert.Equal(["101", "103"], Reported(result));
        Assert.Equal(["100", "102", "104"], result.SuccessRecords.Select(success => success.RecordId));
    }

    [Fact]
    public async Task AnEmptyBatchHasAnEmptyResponse()
    {
        var handler = RecordHandler<KinesisRecord>.From(_ => throw new InvalidOperationException());

        foreach (var batch in (KinesisEvent[])[Batch(0), new KinesisEvent { Records = null! }])
        {
            var result = await KinesisEventBatchProcessor.Instance.ProcessAsync(batch, handler, new ProcessingOptions { ThrowOnFullBatchFailure = true });
            Assert.Empty(result.BatchItemFailuresResponse.BatchItemFailures);
            Assert.Empty(result.BatchRecords);
        }
    }

    [Fact]
    public async Task ABatchThatFailsAltogetherIsReportedUnlessAnExceptionIsAskedFor()
    {
        var result = await KinesisEventBatchProcessor.Instance.ProcessAsync(Batch(2), FailingAt([], 100));
        var exception = await Assert.ThrowsAnyAsync<AggregateException>(() => KinesisEventBatchProcessor.Instance.ProcessAsync(
            Batch(2), FailingAt([], 100), new ProcessingOptions { ThrowOnFullBatchFailure = true }));

        Assert.Equal(["100", "101"], Reported(result));
        Assert.Contains("All 2 records", exception.Message);
        Assert.IsType<InvalidDataException>(exception.InnerExceptions[0].InnerException);
    }

    [Fact]
    public async Task CanceledBatchReportsUnstartedRecords()
    {
        using var cancellation = new CancellationTokenSource();
        List<CancellationToken> tokens = [];
        var handler = new Handler((record, token) =>
        {
            tokens.Add(token);
            if (record.Kinesis.SequenceNumber == "101")
            {
                cancellation.Cancel();
            }
        });

        var result = await KinesisEventBatchProcessor.Instance.ProcessAsync(Batch(4), handler, cancellation.Token);

        Assert.Equal([cancellation.Token, cancellation.Token], tokens);
        Assert.Equal(["102", "103"], Reported(result));
        Assert.Contains("cancelled", result.FailureRecords[0].Exception.Message);
    }

    [Fact]
    public async Task ConcurrentBatchesDoNotShareTheirResults()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Task.Run(() =>
            KinesisEventBatchProcessor.Instance.ProcessAsync(Batch(10), FailingAt([], 100 + (index % 10))))));

        Assert.All(results.Select((result, index) => (result, index)), pair => Assert.Equal(10 - (pair.index % 10), Reported(pair.result).Count));
    }

    [Fact]
    public async Task CustomProcessorDecidesOnItsPolicy()
    {
        var result = await new ContinuingProcessor().ProcessAsync(Batch(3), FailingAt([], 100));

        Assert.Equal(["100"], Reported(result));
    }

    [Fact]
    public void ReportedRecordsAreTheSuffixFromTheFirstFailure() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<bool[]>(),
            fails =>
            {
                var handler = RecordHandler<KinesisRecord>.From(record =>
                {
                    if (fails[int.Parse(record.Kinesis.SequenceNumber) - 100])
                    {
                        throw new InvalidDataException();
                    }
                });
                var result = KinesisEventBatchProcessor.Instance.ProcessAsync(Batch(fails.Length), handler).GetAwaiter().GetResult();
                var first = Array.IndexOf(fails, true);
                var expected = Enumerable.Range(100, fails.Length).Skip(first < 0 ? fails.Length : first).Select(number => $"{number}");
                return Reported(result).SequenceEqual(expected)
                    && result.SuccessRecords.Count + result.FailureRecords.Count == fails.Length;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void SuccessfulRecordsCostNoAllocation()
    {
        var few = Batch(10);
        var many = Batch(10_000);
        var handler = RecordHandler<KinesisRecord>.From(static _ => { });

        Measure(few);
        Measure(many);
        var allocatedForFew = Measure(few);
        var allocatedForMany = Measure(many);

        Assert.Equal(allocatedForFew, allocatedForMany);

        long Measure(KinesisEvent batch)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var task = KinesisEventBatchProcessor.Instance.ProcessAsync(batch, handler);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(task.IsCompletedSuccessfully);
            return allocated;
        }
    }

    private static KinesisEvent Batch(int count) => new()
    {
        Records = [.. Enumerable.Range(0, count).Select(index => new KinesisRecord
        {
            Kinesis = new KinesisEvent.Record { SequenceNumber = $"{100 + index}", PartitionKey = $"k{index}", Data = new MemoryStream() },
        })],
    };

    private static IRecordHandler<KinesisRecord> FailingAt(List<string> handled, params int[] sequenceNumbers) =>
        RecordHandler<KinesisRecord>.From(record =>
        {
            handled.Add(record.Kinesis.SequenceNumber);
            if (sequenceNumbers.Contains(int.Parse(record.Kinesis.SequenceNumber)))
            {
                throw new InvalidDataException("bad record");
            }
        });

    private static List<string> Reported(ProcessingResult<KinesisRecord> result) =>
        [.. result.BatchItemFailuresResponse.BatchItemFailures.Select(failure => failure.ItemIdentifier)];

    private sealed class Handler(Action<KinesisRecord, CancellationToken> handle) : IRecordHandler<KinesisRecord>
    {
        public Task<RecordHandlerResult> HandleAsync(KinesisRecord record, CancellationToken cancellationToken)
        {
            handle(record, cancellationToken);
            return Task.FromResult(RecordHandlerResult.None);
        }
    }

    private sealed class ContinuingProcessor : KinesisEventBatchProcessor
    {
        protected override BatchProcessorErrorHandlingPolicy GetErrorHandlingPolicyForEvent(KinesisEvent @event) =>
            BatchProcessorErrorHandlingPolicy.ContinueOnBatchItemFailure;
    }
}
