using System.Collections.Concurrent;
using System.Globalization;
using Amazon.Kinesis;
using Analytics.Local.Mapping;
using Analytics.Local.Tests.Services;

namespace Analytics.Local.Tests.Mapping;

/// <summary>A function that fails in every way while the shards that it reads are split and merged.</summary>
[Collection(EmulatorTests.Name)]
public sealed class FaultyFunctionTests : IDisposable
{
    private const int Count = 20_000;
    private const int Faults = 200;

    /// <summary>Every record whose number this divides can never be processed.</summary>
    private const int Poison = 997;

    private readonly IAmazonKinesis _kinesis;
    private readonly string _folder = Directory.CreateTempSubdirectory("faulty").FullName;
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(10));
    private readonly RecordingInvoker _invoker = new();
    private readonly FailuresInMemory _failures = new();
    private readonly Lock _gate = new();
    private readonly Random _random = new(20_251_121);
    private readonly List<int> _processed = [];
    private readonly Dictionary<string, int> _numbers = [];
    private int _faultsLeft = Faults;

    public FaultyFunctionTests(EmulatorFixture services)
    {
        _kinesis = services.Endpoints.CreateKinesis();
        _invoker.Function = (call, _) => Task.FromResult(Invoke(call));
    }

    public void Dispose()
    {
        _kinesis.Dispose();
        _timeout.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task EveryRecordArrivesInTheOrderOfItsKeyOrIsNamedInAFailureRecord()
    {
        var stream = await KinesisTestStream.CreateAsync(_kinesis, $"faulty-{Guid.NewGuid():N}", shards: 4, _timeout.Token);
        var configuration = Some.Configuration with
        {
            StreamName = stream.Name,
            BatchSize = 20,
            ParallelizationFactor = 2,
            MaximumRetryAttempts = 3,
            BisectBatchOnFunctionError = true,
            ReportBatchItemFailures = true,
        };
        await using var mapping = new EventSourceMapping(
            configuration, _kinesis, _invoker, new FileCheckpointStore(_folder), _failures, TimeProvider.System);
        await mapping.StartAsync(_timeout.Token);
        await stream.PutAsync(0, Count / 4);
        await stream.SplitAsync(KinesisTestStream.ShardId(1));
        await stream.PutAsync(Count / 4, Count / 4);
        await stream.SplitAsync(KinesisTestStream.ShardId(3));
        await stream.PutAsync(Count / 2, Count / 4);
        await stream.MergeAdjacentAsync();
        await stream.PutAsync(Count * 3 / 4, Count / 4);
        await mapping.WaitUntilDrainedAsync(_timeout.Token);

        Assert.Equal(0, _faultsLeft);
        var poison = Enumerable.Range(0, Count).Where(number => number % Poison == 0).ToList();
        var first = _processed.Distinct().ToList();
        Assert.Equal(Enumerable.Range(0, Count).Except(poison), first.Order());
        Assert.All(first.GroupBy(number => number % KinesisTestStream.KeyCount), key => Assert.Equal(key.Order(), key));
        Assert.True(_processed.Count > first.Count, "No fault came after the records were processed.");

        // A record is given up alone, with all its invocations.
        Assert.Equal(poison, _failures.Sent.Select(failure => _numbers[failure.KinesisBatchInfo.StartSequenceNumber]).Order());
        Assert.All(_failures.Sent, failure =>
        {
            var info = failure.KinesisBatchInfo;
            Assert.Equal((1, info.StartSequenceNumber), (info.BatchSize, info.EndSequenceNumber));
            Assert.Equal((4, FailureRecord.RetryAttemptsExhausted), (failure.ApproximateInvokeCount, failure.Condition));
        });
        Assert.Equal((Count - poison.Count, poison.Count), (mapping.Statistics.Records, mapping.Statistics.OnFailureDestinationDeliveredEventCount));
    }

    private InvocationOutcome Invoke(RecordingInvoker.Call call)
    {
        lock (_gate)
        {
            var numbers = call.Data.Select(data => int.Parse(data, CultureInfo.InvariantCulture)).ToList();
            var sequence = call.EventIds.Select(id => id.Split(':')[1]).ToList();
            for (var i = 0; i < numbers.Count; i++)
            {
                _numbers[sequence[i]] = numbers[i];
            }

            // What cannot be processed comes back until it is alone; only what is not alone has a fault beside it, so that its count is known.
            var poisoned = numbers.FindIndex(number => number % Poison == 0);
            var fault = numbers.Count > 1 && _faultsLeft > 0 && _random.Next(3) == 0 ? _random.Next(5) : -1;
            _faultsLeft -= fault >= 0 ? 1 : 0;
            switch (fault)
            {
                case 0:
                    return InvocationOutcome.Throttled;
                case 1:
                    return Some.Thrown;
                case 2:
                    _processed.AddRange(numbers.TakeWhile(number => number % Poison != 0));
                    return InvocationOutcome.TimedOut;
                case 3:
                    var reported = Math.Min(_random.Next(numbers.Count), poisoned < 0 ? numbers.Count : poisoned);
                    _processed.AddRange(numbers.Take(reported));
                    return Some.Failing(sequence[reported]);
                case 4:
                    return Some.Failing("");
            }

            _processed.AddRange(poisoned < 0 ? numbers : numbers.Take(poisoned));
            return poisoned < 0 ? Some.Success : Some.Failing(sequence[poisoned]);
        }
    }

    private sealed class FailuresInMemory : IFailureDestination
    {
        public ConcurrentQueue<FailureRecord> Sent { get; } = new();

        public bool TakesPayload => false;

        public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SendAsync(FailureRecord failure, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            Sent.Enqueue(failure);
            return Task.CompletedTask;
        }
    }
}
