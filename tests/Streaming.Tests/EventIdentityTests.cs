using System.Text;
using Analytics.Events;

namespace Analytics.Streaming.Tests;

public sealed class EventIdentityTests
{
    [Fact]
    public void AnEventIsKnownByItsProducersIdentifier() =>
        Assert.Equal("evt-1é", CreateIdentity("""{"event_id":"evt-1\u00e9","event_type":"click","data":{} }"""));

    [Theory]
    [InlineData("""{"event_type":"click"}""")]
    [InlineData("""{"event_id":"","event_type":"click","data":{} }""")]
    public void AnEventWithoutAnIdentifierIsKnownByItsRecord(string json) => Assert.Equal(CreateRecordIdentity(json), CreateIdentity(json));

    [Fact]
    public void IdentifierTooLongForAKeyIsNotUsed()
    {
        Assert.Equal(new string('x', 2048), CreateIdentity($$"""{"event_id":"{{new string('x', 2048)}}","event_type":"click","data":{} }"""));
        var tooLong = $$"""{"event_id":"{{new string('x', 2049)}}","event_type":"click","data":{} }""";
        Assert.Equal(CreateRecordIdentity(tooLong), CreateIdentity(tooLong));
    }

    private static string CreateRecordIdentity(string json) =>
        $"{Some.Shard}:{Some.Sequence(1)}:{RecordFingerprint.Compute("user-1", Encoding.UTF8.GetBytes(json)):x16}";

    private static string CreateIdentity(string json)
    {
        var fold = Some.Folded(new IdentityFold(), Some.Record(1, json));
        return Assert.Single(fold.Identities);
    }

    private sealed class IdentityFold : IBatchFold
    {
        public List<string> Identities { get; } = [];

        public void Add(in StreamRecord record, in UserRecord user) => Identities.Add(EventIdentity.Create(record, user));
    }
}
