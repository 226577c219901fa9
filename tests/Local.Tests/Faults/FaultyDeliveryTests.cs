using System.Collections.Concurrent;
using System.Globalization;
using Amazon.Kinesis;
using Analytics.Local.Faults;
using Analytics.Local.Mapping;
using Analytics.Local.Runtime;
using Analytics.Local.Tests.Mapping;
using Analytics.Local.Tests.Services;

namespace Analytics.Local.Tests.Faults;

/// <summary>A mapping of the local Kinesis under faults: its invariants.</summary>
[Collection(EmulatorTests.Name)]
public sealed class FaultyDeliveryTests : IFailureDestination, IDisposable
{
    private const int Count = 20_000;
    private const int PutAtOnce = 500;
    private const string Faults = "seed=5,kill-before=40,kill-after=40,timeout=20,duplicate=50,regroup=50";

    private readonly IAmazonKinesis _kinesis;
    private readonly string _folder = Directory.CreateTempSubdirectory("faulty-delivery").FullName;
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(10));
    private readonly FaultInjector _injector = new(FaultSpec.Parse(Faults), TimeProvider.System);
    private readonly ConcurrentQueue<FailureRecord> _givenUp = new();
    private readonly Lock _gate = new();
    private readonly List<int> _processed = new(Count);
    private readonly Dictionary<int, string> _sequenceNumbers = new(Count);

    public FaultyDeliveryTests(EmulatorFixture services) => _kinesis = services.Endpoints.CreateKinesis();

    bool IFailureDestination.TakesPayload => false;

    Task IFailureDestination.CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IFailureDestination.SendAsync(FailureRecord failure, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        _givenUp.Enqueue(failure);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _kinesis.Dispose();
        _timeout.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task UnderFaultsAndReshardsRecordsStayInOrderAndFailedOnesAreOnlyInTheDestination()
    {
        var stream = await KinesisTestStream.CreateAsync(_kinesis, $"faulty-{Guid.NewGuid():N}", shards: 4, _timeout.Token);
        var configuration = Some.Configuration with
        {
            StreamName = stream.Name,
            StreamArn = $"arn:aws:kinesis:us-east-1:000000000000:stream/{stream.Name}",
            BatchSize = 40,
            MaximumRetryAttempts = 5,
            BisectBatchOnFunctionError = true,
            ReportBatchItemFailures = true,
        };
        _injector.Spread(new Dictionary<string, int> { ["Function"] = Count / configuration.BatchSize / 2 });
        var invoker = new FaultyInvoker(new RecordingInvoker { Function = (call, _) => Task.FromResult(Answer(call)) }, _injector, _ => "Function");
        await using (var mapping = new EventSourceMapping(configuration, _kinesis, invoker, new FileCheckpointStore(_folder), this, TimeProvider.System))
        {
            await mapping.StartAsync(_timeout.Token);
            var resharding = new Resharding(_kinesis, stream.Name, TimeProvider.System);
            for (var first = 0; first < Count; first += PutAtOnce)
            {
                await stream.PutAsync(first, PutAtOnce);
                switch (first)
                {
                    case Count / 4 or Count / 2:
                        await resharding.SplitAsync(_timeout.Token);
                        break;
                    case Count * 3 / 4:
                        Assert.True(await resharding.MergeAsync(_timeout.Token));
                        break;
                }
            }

            await mapping.DrainAsync(_timeout.Token);
        }

        Assert.All(_injector.Counts, count => Assert.Equal(count.Planned, count.Injected));
        Assert.Equal(Poison, GivenUpNumbers());
        Assert.Equal(Enumerable.Range(0, Count).Except(Poison), _processed.Distinct().Order());
        Assert.All(
            _processed.Distinct().GroupBy(number => number % KinesisTestStream.KeyCount),
            firstTimes => Assert.Equal(firstTimes.Order(), firstTimes));
    }

    /// <summary>Records that the function always rejects.</summary>
    private static IEnumerable<int> Poison => Enumerable.Range(1, 8).Select(i => i * 2_499);

    /// <summary>The function: processes its records in order up to a poison record, unless a fault stops it before or after.</summary>
    private InvocationOutcome Answer(RecordingInvoker.Call call)
    {
        var fault = _injector.Decide("Function").Kind;
        if (fault == InvocationFaultKind.KillWhenTaken)
        {
            return Some.Thrown;
        }

        string? failed = null;
        lock (_gate)
        {
            foreach (var (data, eventId) in call.Data.Zip(call.EventIds))
            {
                var number = int.Parse(data, CultureInfo.InvariantCulture);
                _sequenceNumbers[number] = eventId[(eventId.IndexOf(':', StringComparison.Ordinal) + 1)..];
                if (Poison.Contains(number))
                {
                    failed = _sequenceNumbers[number];
                    break;
                }

                _processed.Add(number);
            }
        }

        return fault switch
        {
            InvocationFaultKind.Hang => InvocationOutcome.TimedOut,
            InvocationFaultKind.KillWhenAnswered => Some.Thrown,
            _ => failed is null ? Some.Success : Some.Failing(failed),
        };
    }

    private List<int> GivenUpNumbers()
    {
        var numbers = _sequenceNumbers.ToDictionary(pair => pair.Value, pair => pair.Key);
        return [.. _givenUp.Select(failure =>
        {
            Assert.Equal(FailureRecord.RetryAttemptsExhausted, failure.Condition);
            Assert.Equal(1, failure.KinesisBatchInfo.Range!.BatchSize);
            Assert.Equal(failure.KinesisBatchInfo.Range.StartSequenceNumber, failure.KinesisBatchInfo.Range.EndSequenceNumber);
            return numbers[failure.KinesisBatchInfo.Range.StartSequenceNumber];
        }).Order()];
    }
}
