using System.Globalization;
using System.Text;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Sending;

namespace Analytics.Cli.Tests.Shared.Sending;

public sealed class RecordSenderTests
{
    private readonly ImmediateTime _clock = new(TestContext.Now);

    [Fact]
    public async Task RequestsHoldAtMostFiveHundredRecords()
    {
        var sink = new FakeSink();
        var result = await new RecordSender(sink, _clock).SendAsync(Records(1_201), rate: null, CancellationToken.None);

        Assert.Equal([500, 500, 201], sink.Requests.Select(request => request.Count));
        Assert.Equal(new SendResult(1_201, 1_201, 0, 0), result);
        Assert.Equal(Records(1_201).Select(Text), sink.Taken);
    }

    [Fact]
    public async Task RequestsHoldAtMostFiveMebibytesOfDataAndKeys()
    {
        var sink = new FakeSink();
        var large = Enumerable.Range(0, 12).Select(i => new OutgoingRecord("key", new byte[1_000_000])).ToList();
        var result = await new RecordSender(sink, _clock).SendAsync(large, rate: null, CancellationToken.None);

        Assert.Equal(12, result.Records);
        Assert.Equal([5, 5, 2], sink.Requests.Select(request => request.Count));
        Assert.All(sink.Requests, request => Assert.True(request.Sum(record => record.Data.Length + record.PartitionKey.Length) <= RecordSender.MaxRequestBytes));
    }

    [Fact]
    public async Task OnlyRejectedRecordsArePutAgain()
    {
        var refusedOnce = new HashSet<string> { "3", "7" };
        var sink = new FakeSink { Refuse = (text, attempt) => attempt == 1 && refusedOnce.Contains(text) ? "ProvisionedThroughputExceededException" : null };
        var accepted = new List<string>();
        var sender = new RecordSender(sink, _clock) { Accepted = (record, _) => accepted.Add(Text(record)) };
        var result = await sender.SendAsync(Records(10), rate: null, CancellationToken.None);

        Assert.Equal([10, 2], sink.Requests.Select(request => request.Count));
        Assert.Equal(new SendResult(10, 10, 0, 2), result);
        Assert.Equal(["0", "1", "2", "4", "5", "6", "8", "9", "3", "7"], accepted);
        var wait = Assert.Single(_clock.Waits);
        Assert.InRange(wait, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task DelaysGrowToFiveSecondsBeforeTheSenderStops()
    {
        var sink = new FakeSink { Refuse = (_, _) => "InternalFailure" };
        var error = await Assert.ThrowsAsync<UserException>(() => new RecordSender(sink, _clock).SendAsync(Records(3), rate: null, CancellationToken.None));

        Assert.Contains("InternalFailure", error.Message, StringComparison.Ordinal);
        Assert.Equal(RecordSender.MaxAttemptsWithoutProgress, sink.Requests.Count);
        Assert.True(_clock.Waits[^1] > _clock.Waits[0]);
        Assert.All(_clock.Waits, wait => Assert.True(wait <= TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task RecordTooLargeForTheStreamIsCountedAndTheRestContinues()
    {
        var sink = new FakeSink { RejectLarge = true };
        OutgoingRecord[] records = [new("a", "1"u8.ToArray()), new("key", new byte[OutgoingRecord.MaxDataBytes]), new("b", "2"u8.ToArray())];
        var result = await new RecordSender(sink, _clock).SendAsync(records, rate: null, CancellationToken.None);

        Assert.Equal(new SendResult(2, 2, 1, 0), result);
        Assert.Equal(["1", "2"], sink.Taken);
    }

    [Fact]
    public async Task UserRecordsOfAnAggregateCountEach()
    {
        var sink = new FakeSink();
        var result = await new RecordSender(sink, _clock).SendAsync([new("a", "x"u8.ToArray(), 5), new("a", "y"u8.ToArray())], rate: null, CancellationToken.None);

        Assert.Equal(new SendResult(2, 6, 0, 0), result);
    }

    [Fact]
    public async Task ARateSpreadsTheRecordsOverTheSeconds()
    {
        var sink = new FakeSink();
        var start = _clock.GetUtcNow();
        await new RecordSender(sink, _clock).SendAsync(Records(250), rate: 100, CancellationToken.None);

        Assert.Equal(25, sink.Requests.Count);
        Assert.All(sink.Requests, request => Assert.Equal(10, request.Count));
        Assert.Equal(TimeSpan.FromSeconds(2.4), _clock.GetUtcNow() - start);
    }

    [Fact]
    public async Task NothingIsSentAfterCancellation()
    {
        var sink = new FakeSink();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new RecordSender(sink, _clock).SendAsync(Records(3), rate: null, new CancellationToken(canceled: true)));
        Assert.Empty(sink.Requests);
    }

    private static IEnumerable<OutgoingRecord> Records(int count) =>
        Enumerable.Range(0, count).Select(i => new OutgoingRecord("user", Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture))));

    private static string Text(OutgoingRecord record) => Encoding.UTF8.GetString(record.Data.Span);

    private sealed class FakeSink : IRecordSink
    {
        private readonly Dictionary<string, int> _attempts = [];

        public List<List<OutgoingRecord>> Requests { get; } = [];

        public List<string> Taken { get; } = [];

        public Func<string, int, string?> Refuse { get; init; } = (_, _) => null;

        public bool RejectLarge { get; init; }

        public Task<IReadOnlyList<PutOutcome>> PutAsync(IReadOnlyList<OutgoingRecord> records, CancellationToken cancellationToken)
        {
            Requests.Add([.. records]);
            if (RejectLarge && records.Any(record => record.Data.Length + record.PartitionKey.Length > OutgoingRecord.MaxDataBytes))
            {
                Assert.Single(records);
                throw new RecordTooLargeException(new InvalidOperationException("too large"));
            }

            return Task.FromResult<IReadOnlyList<PutOutcome>>([.. records.Select(record =>
            {
                var text = Text(record);
                var attempt = _attempts[text] = _attempts.GetValueOrDefault(text) + 1;
                if (Refuse(text, attempt) is { } error)
                {
                    return new PutOutcome(null, null, error);
                }

                Taken.Add(text);
                return new PutOutcome("shardId-000000000000", Taken.Count.ToString(CultureInfo.InvariantCulture), null);
            })]);
        }
    }
}
