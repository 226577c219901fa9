namespace Analytics.Events.Tests.Reading;

public sealed class MalformedTests
{
    private static readonly EventLimits Small = new() { MaxDepth = 3, MaxEventBytes = 40, MaxStringBytes = 10, MaxDecompressedBytes = 64 };

    [Theory]
    [InlineData("", MalformedReason.Empty, -1)]
    [InlineData(" \r\n\t", MalformedReason.Empty, -1)]
    [InlineData("hello", MalformedReason.NotJson, 0)]
    [InlineData("{", MalformedReason.NotJson, 1)]
    [InlineData("{}x", MalformedReason.NotJson, 2)]
    [InlineData("{} {}", MalformedReason.NotJson, 3)]
    [InlineData("""{"a":1,}""", MalformedReason.NotJson, 7)]
    [InlineData("""{"a":[1,]}""", MalformedReason.NotJson, 8)]
    [InlineData("""{"a":'b'}""", MalformedReason.NotJson, 5)]
    [InlineData("""{"a":"b\x"}""", MalformedReason.NotJson, 7)]
    [InlineData("{\"a\":\"b\nc\"}", MalformedReason.NotJson, 7)]
    [InlineData("{\"a\":1/*c*/}", MalformedReason.NotJson, 6)]
    [InlineData("{\"a\":01}", MalformedReason.NotJson, 6)]
    [InlineData("{\"a\":+1}", MalformedReason.NotJson, 5)]
    [InlineData("{\"a\":.5}", MalformedReason.NotJson, 5)]
    [InlineData("{\"a\":1.}", MalformedReason.NotJson, 7)]
    [InlineData("{\"a\":1e}", MalformedReason.NotJson, 7)]
    [InlineData("{\"a\":NaN}", MalformedReason.NotJson, 5)]
    [InlineData("{\"a\":nul}", MalformedReason.NotJson, 5)]
    [InlineData("{\"a\" 1}", MalformedReason.NotJson, 5)]
    [InlineData("{\"a\0\":1}", MalformedReason.NotJson, 3)]
    [InlineData("{}\0", MalformedReason.NotJson, 2)]
    [InlineData("{a:1}", MalformedReason.NotJson, 1)]
    [InlineData("\uFEFF{}", MalformedReason.NotJson, 0)]
    [InlineData(" []", MalformedReason.NotAnObject, 1)]
    [InlineData("\"text\"", MalformedReason.NotAnObject, 0)]
    [InlineData("12", MalformedReason.NotAnObject, 0)]
    [InlineData("null", MalformedReason.NotAnObject, 0)]
    [InlineData("[1", MalformedReason.NotJson, 2)]
    [InlineData("{\"a\":1e999}", MalformedReason.NumberNotFinite, 5)]
    [InlineData("{\"a\":[[{\"b\":-1e400}]]}", MalformedReason.NumberNotFinite, 12)]
    [InlineData("{\"data\":{\"amount\":1e309}}", MalformedReason.NumberNotFinite, 18)]
    [InlineData("1e999", MalformedReason.NumberNotFinite, 0)]
    public void InvalidEventIsMalformedWithItsPosition(string text, MalformedReason reason, long position) =>
        Assert.Equal(new Malformed(reason, position), Some.Malformed(text));

    [Fact]
    public void ANumberOfManyDigitsIsNotFinite()
    {
        Assert.Equal(MalformedReason.NumberNotFinite, Some.Malformed($$"""{"a":{{new string('9', 400)}}}""").Reason);
        Assert.Equal("unknown", Some.Event($$"""{"a":{{new string('9', 300)}}, "b":0.{{new string('9', 400)}}, "c":1e308}""").Text(EventField.EventType).ToString());
    }

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'"', (byte)'a', (byte)'"', (byte)':', (byte)'"', 0xFF, (byte)'"', (byte)'}' }, 6)]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)':', (byte)'1', (byte)'}' }, 2)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 0)]
    [InlineData(new byte[] { (byte)'{', (byte)'}', 0xE2, 0x82 }, 2)]
    public void BytesThatAreNotUtf8AreMalformed(byte[] data, long position) =>
        Assert.Equal(new Malformed(MalformedReason.InvalidUtf8, position), Some.Malformed(data));

    [Theory]
    [InlineData("""{"a":[[1]]}""", null)]
    [InlineData("""{"a":[[[1]]]}""", MalformedReason.TooDeep)]
    [InlineData("""{"data":{"location":{}}}""", null)]
    [InlineData("""{"data":{"location":{"city":[]}}}""", MalformedReason.TooDeep)]
    [InlineData("""[[[[""", MalformedReason.TooDeep)]
    [InlineData("""{"a":"0123456789"}""", null)]
    [InlineData("""{"a":"0123456789a"}""", MalformedReason.StringTooLong)]
    [InlineData("""{"0123456789a":1}""", MalformedReason.StringTooLong)]
    [InlineData("""{"a":1,"b":2,"c":3,"d":4,"e":5,"f":66}""", null)]
    [InlineData("""{"a":1,"b":2,"c":3,"d":4,"e":5,"f":66,"g":7}""", MalformedReason.TooLarge)]
    public void TheLimitsHold(string text, MalformedReason? reason)
    {
        var only = Assert.Single(Some.All(Some.Utf8(text), Small));
        Assert.Equal(reason, only.IsEvent ? null : only.Malformed.Reason);
    }

    [Fact]
    public void TheDepthIsCountedAsSystemTextJsonCountsIt()
    {
        static string Nested(int depth) => "{\"a\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}";

        Assert.Equal(64, EventLimits.Default.MaxDepth);
        Assert.Equal(EventDialect.Unknown, Some.Event(Nested(64)).Dialect);
        Assert.Equal(MalformedReason.TooDeep, Some.Malformed(Nested(65)).Reason);
        System.Text.Json.JsonDocument.Parse(Nested(64), new() { MaxDepth = 64 }).Dispose();
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => System.Text.Json.JsonDocument.Parse(Nested(65), new() { MaxDepth = 64 }));
    }

    [Fact]
    public void TheHighestDepthDoesNotExhaustTheStack()
    {
        var limits = new EventLimits { MaxDepth = EventLimits.HighestMaxDepth };
        Assert.Equal(MalformedReason.TooDeep, Some.Malformed(new string('[', 500_000), limits).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(EventLimits.HighestMaxDepth + 1)]
    public void UnenforceableLimitIsRejected(int depth) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLimits { MaxDepth = depth });

    [Fact]
    public void AMalformedRecordKeepsItsBytesWithoutACopy()
    {
        var data = new byte[1024 * 1024 + 1];
        var only = Assert.Single(Some.All(data));

        Assert.Equal(MalformedReason.TooLarge, only.Malformed.Reason);
        Assert.True(only.Data.Equals(new ReadOnlyMemory<byte>(data)));
        Assert.Equal(0, only.SubSequenceNumber);
        Assert.Null(only.PartitionKey);
    }

    [Fact]
    public void EveryReasonHasAName()
    {
        var names = Enum.GetValues<MalformedReason>().Select(MalformedReasonNames.GetName).ToList();

        Assert.Equal("empty", names[0]);
        Assert.Equal("not_an_object", MalformedReasonNames.GetName(MalformedReason.NotAnObject));
        Assert.All(names, name => Assert.Matches("^[a-z0-9_]+$", name));
        Assert.Distinct(names);
        Assert.Throws<ArgumentOutOfRangeException>(() => MalformedReasonNames.GetName((MalformedReason)99));
    }
}
