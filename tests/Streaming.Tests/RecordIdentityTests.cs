using System.Text;
using Analytics.Events;

namespace Analytics.Streaming.Tests;

public sealed class RecordIdentityTests
{
    [Fact]
    public void FingerprintIsStable() =>
        Assert.Equal(0xBB6E824C716AE42C, RecordFingerprint.Compute("user-1", """{"event_type":"click"}"""u8));

    [Fact]
    public void RecordsDifferByBytesAndPartitionKey()
    {
        var one = RecordFingerprint.Compute("user-1", "{}"u8);

        Assert.Equal(one, RecordFingerprint.Compute("user-1", "{}"u8));
        Assert.NotEqual(one, RecordFingerprint.Compute("user-2", "{}"u8));
        Assert.NotEqual(one, RecordFingerprint.Compute("user-1", "{ }"u8));
        Assert.NotEqual(RecordFingerprint.Compute("a", "bc"u8), RecordFingerprint.Compute("ab", "c"u8));
    }

    [Theory]
    [InlineData(0, "shardId-000000000001:42:00000000000000ff")]
    [InlineData(3, "shardId-000000000001:42:00000000000000ff:3")]
    public void TheTextNamesTheOccurrenceAboveZero(int occurrence, string text)
    {
        var identity = new RecordIdentity(Some.Shard, SequenceNumber.Parse("42"), 255, occurrence);
        Span<byte> utf8 = stackalloc byte[RecordIdentity.MaxBytes];

        Assert.Equal(text, identity.ToString());
        Assert.Equal(text, Encoding.UTF8.GetString(utf8[..identity.Write(utf8)]));
    }

    [Fact]
    public void TheLongestIdentityHasItsBytes()
    {
        var identity = new RecordIdentity(new string('s', 128), SequenceNumber.Parse(new string('9', SequenceNumber.MaxDigits)), ulong.MaxValue, int.MaxValue);
        Span<byte> utf8 = stackalloc byte[RecordIdentity.MaxBytes];

        Assert.Equal(RecordIdentity.MaxBytes, identity.Write(utf8));
    }

    [Fact]
    public void AUserRecordIsTheSameWholeAndDivided()
    {
        (string, string)[] users = [("user-1", "{}"), ("user-2", "{}"), ("user-1", "{}"), ("user-1", "not JSON")];

        var whole = Some.Folded(new IdentityFold(), Some.Aggregate(1, users)).Identities;
        var apart = Some.Folded(new IdentityFold(), Some.TakenApart(1, users)).Identities;

        Assert.Equal(whole, apart);
        Assert.Equal([0, 0, 1, 0], whole.Select(identity => identity.Occurrence));
        Assert.Equal(4, whole.Distinct().Count());
    }

    private sealed class IdentityFold : IBatchFold
    {
        public List<RecordIdentity> Identities { get; } = [];

        public void Add(in StreamRecord record, in UserRecord user) => Identities.Add(RecordIdentity.Create(record, user));
    }
}
