using System.Text;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Analytics.Streaming.Tests;

public sealed class StreamRecordTests
{
    [Theory]
    [InlineData("1480641523.477", 1480641523477)]
    [InlineData("1772366401.25", 1772366401250)]
    [InlineData("1545084650.987", 1545084650987)]
    [InlineData("0.001", 1)]
    public void AnArrivalTimeIsTheMillisecondThatKinesisRecorded(string seconds, long milliseconds)
    {
        var record = Read($$"""{"Records":[{"kinesis":{"approximateArrivalTimestamp":{{seconds}} } }]}""").Records[0];

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), new StreamRecord(record, Some.Shard).ArrivalTime);
    }

    [Fact]
    public void EveryMillisecondIsReadExactly()
    {
        for (var milliseconds = 1_772_366_401_000L; milliseconds < 1_772_366_403_000L; milliseconds++)
        {
            var record = Read($$"""{"Records":[{"kinesis":{"approximateArrivalTimestamp":{{milliseconds / 1000m}} } }]}""").Records[0];

            Assert.Equal(milliseconds * TimeSpan.TicksPerMillisecond, (new StreamRecord(record, Some.Shard).ArrivalTime - DateTimeOffset.UnixEpoch).Ticks);
        }
    }

    [Fact]
    public async Task AnEventWithoutRecordsIsASuccess()
    {
        var answer = await new BatchProcessor(Some.Reader, TimeProvider.System).ProcessAsync(
            Read("{}"), Some.Context(), IBatchFold (_) => throw new InvalidOperationException("nothing to fold"), (_, _) => throw new InvalidOperationException("nothing to write"));

        using var written = new MemoryStream();
        new SourceGeneratorLambdaJsonSerializer<BatchJsonContext>().Serialize(answer, written);
        Assert.Equal("""{"batchItemFailures":[]}""", Encoding.UTF8.GetString(written.ToArray()));
    }

    private static KinesisEvent Read(string json) =>
        new SourceGeneratorLambdaJsonSerializer<BatchJsonContext>().Deserialize<KinesisEvent>(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
