using System.Text;
using System.Text.Json;
using Analytics.Cli.Replay;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Redelivery;
using Analytics.Cli.Shared.Targets;
using Analytics.Streaming;

namespace Analytics.Cli.Tests.Replay;

public sealed class ReplayTests : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 59, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _taken = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StoppedReplayResumes()
    {
        var first = await Assert.ThrowsAsync<UserException>(() => RunAsync(failOn: "2"));
        Assert.Contains("1 records were replayed", first.Message, StringComparison.Ordinal);
        Assert.Contains("record 2 of a", first.Message, StringComparison.Ordinal);

        var second = await RunAsync(failOn: null);

        Assert.Equal(["a1", "a2", "b1", "a3"], _taken);
        Assert.Equal((3, 1), (second.Delivered, second.Before));
    }

    [Fact]
    public async Task CompletedReplayStartsOver()
    {
        await RunAsync(failOn: null);
        ReplayState.Open(_folder.Path, "replay").Complete();

        Assert.Equal(4, (await RunAsync(failOn: null)).Delivered);
    }

    [Fact]
    public void InvalidStateFileIsReported()
    {
        ReplayState.Open(_folder.Path, "replay").Delivered("f", [Record("a", "1", Time)]);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "replay")));
        File.WriteAllText(file, "{");

        Assert.Contains("Delete it", Assert.Throws<UserException>(() => ReplayState.Open(_folder.Path, "replay")).Message, StringComparison.Ordinal);
    }

    private Task<ReplayResult> RunAsync(string? failOn)
    {
        // In the archive's order a later hour may hold a lower sequence number.
        PastRecord[] records = [Record("a", "1", Time), Record("a", "2", Time), Record("b", "1", Time), Record("a", "3", Time.AddHours(1))];
        return new Replayer(ReplayState.Open(_folder.Path, "replay"), _ => new RecordDelivery((payload, _) => Task.FromResult(Answer(payload, failOn)), "arn", TimeProvider.System))
            .RunAsync("f", records.ToAsyncEnumerable(), new Progress<long>(), CancellationToken.None);
    }

    private FunctionAnswer Answer(ReadOnlyMemory<byte> payload, string? failOn)
    {
        var events = JsonSerializer.Deserialize(payload.Span, BatchJsonContext.Default.KinesisEvent)!.Records;
        foreach (var record in events)
        {
            if (record.Kinesis.SequenceNumber == failOn)
            {
                return new FunctionAnswer(Encoding.UTF8.GetBytes($$"""{"batchItemFailures":[{"itemIdentifier":"{{failOn}}"}]}"""), null, "");
            }

            var text = Encoding.UTF8.GetString(record.Kinesis.Data.ToArray());
            if (!_taken.Contains(text))
            {
                _taken.Add(text);
            }
        }

        return new FunctionAnswer("{}"u8.ToArray(), null, "");
    }

    private static PastRecord Record(string shard, string sequenceNumber, DateTimeOffset arrival) =>
        new(shard, SequenceNumber.Parse(sequenceNumber), "key", arrival, Encoding.UTF8.GetBytes(shard + sequenceNumber));
}
