using System.Text;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Archiving.Tests;

public sealed class ArchiveLineTests
{
    [Theory]
    [InlineData("""{"event_type":"click","note":"a, \"b\""}""")]
    [InlineData(" {\n\"event_type\" : \"click\"}\r\n")]
    [InlineData("not json")]
    [InlineData("")]
    public void ALineIsReadAsItWasWritten(string sent)
    {
        var record = new StreamRecord(Some.Record(7, sent), Some.Shard) { Occurrence = 2 };
        using var writer = new ArchiveLineWriter(Some.BatchInfo);
        var count = 0;
        foreach (ref readonly var user in Some.Reader.Read(record.Data))
        {
            var line = user.IsEvent ? writer.Event(record, user, EventTimeBounds.Default.Resolve(user.Event, record.ArrivalTime)) : writer.Malformed(record, user);

            Assert.Equal((byte)'\n', line[^1]);
            var entry = ArchiveEntry.Parse(line[..^1].ToArray());
            Assert.Equal(sent, Encoding.UTF8.GetString(entry.Data.Span));
            Assert.Equal(RecordIdentity.Create(record, user), entry.Key);
            Assert.Equal((user.SubSequenceNumber, "user-1", Some.Arrival), (entry.SubSequenceNumber, entry.PartitionKey, entry.ArrivalTime));
            Assert.Equal(user.IsEvent ? null : MalformedReasonNames.GetName(user.Malformed.Reason), entry.Reason);
            Assert.Equal(user.IsEvent || user.Malformed.Position < 0 ? null : (long?)user.Malformed.Position, entry.Position);
            count++;
        }

        Assert.Equal(1, count);
    }
}
