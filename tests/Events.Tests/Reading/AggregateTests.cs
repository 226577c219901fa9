using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace Analytics.Events.Tests.Reading;

public sealed class AggregateTests
{
    private static readonly byte[] Click = Some.Utf8("""{"event_type":"click"}""");

    [Fact]
    public void AnAggregateIsDivided()
    {
        var data = Some.Aggregate(
            ("u-1", Some.Utf8("""{"event_type":"a"}""")),
            ("ü-2", Some.Utf8("not json")),
            ("u-1", []),
            ("u-3", Some.Gzip("""{"event_type":"d"}""")));

        var all = Some.All(data);

        Assert.Equal([0, 1, 2, 3], all.Select(user => user.SubSequenceNumber));
        Assert.Equal(["u-1", "ü-2", "u-1", "u-3"], all.Select(user => user.PartitionKey));
        Assert.Equal([true, false, false, true], all.Select(user => user.IsEvent));
        Assert.Equal("""{"event_type":"a"}""", Some.GetJson(all[0]));
        Assert.Equal(new Malformed(MalformedReason.NotJson, 0), all[1].Malformed);
        Assert.Equal(new Malformed(MalformedReason.Empty), all[2].Malformed);
        Assert.Equal("""{"event_type":"d"}""", Some.GetJson(all[3]));
        Assert.Equal(Some.Gzip("""{"event_type":"d"}"""), all[3].Data.ToArray());
    }

    [Fact]
    public void ACompressedAggregateIsDivided()
    {
        var all = Some.All(Some.Gzip(Some.Aggregate(("k", Click), ("k", Some.Gzip(Click)))));

        Assert.Equal(2, all.Count);
        Assert.All(all, user => Assert.Equal(Click, user.Event.Json.ToArray()));
    }

    [Fact]
    public void EveryAggregateIsDividedIntoTheOriginalRecords() =>
        Prop.ForAll(Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 9), Gen.Choose(0, 500))).Where(records => records.Length > 0).ToArbitrary(), records =>
        {
            var put = records.Select(record => (Key: $"key-{record.Item1}", Data: Some.Utf8($$"""{"n":"{{new string('x', record.Item2)}}"}"""))).ToArray();
            var all = Some.All(Some.Aggregate(put));
            Assert.Equal(put.Select(record => record.Key), all.Select(user => user.PartitionKey));
            Assert.Equal(put.Select(record => record.Data), all.Select(user => user.Event.Json.ToArray()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheDataOfAUserRecordIsASliceOfTheRecord()
    {
        ReadOnlyMemory<byte> data = Some.Aggregate(("k", Click));
        var only = Assert.Single(Some.All(data));
        Assert.True(data.Span.Overlaps(only.Data.Span));
        Assert.True(data.Span.Overlaps(only.Event.Json.Span));
    }

    [Fact]
    public void RecordsMayComeBeforeTheirKeysAndUnknownFieldsArePassedOver()
    {
        var data = Some.Seal(Some.Message(message =>
        {
            Some.WriteRecord(message, 1, Click);
            message.WriteTag(2, WireFormat.WireType.LengthDelimited);
            message.WriteString("123");
            message.WriteTag(9, WireFormat.WireType.Varint);
            message.WriteUInt64(ulong.MaxValue);
            message.WriteTag(10, WireFormat.WireType.Fixed64);
            message.WriteFixed64(1);
            message.WriteTag(11, WireFormat.WireType.Fixed32);
            message.WriteFixed32(1);
            message.WriteTag(1, WireFormat.WireType.LengthDelimited);
            message.WriteString("first");
            message.WriteTag(1, WireFormat.WireType.LengthDelimited);
            message.WriteString("second");
        }));

        var only = Assert.Single(Some.All(data));
        Assert.Equal("second", only.PartitionKey);
        Assert.Equal(Click, only.Event.Json.ToArray());
    }

    [Fact]
    public void AWrongChecksumMakesOneMalformedOfTheWhole()
    {
        var data = Some.Aggregate(("k", Click), ("k", Click));
        for (var index = 4; index < data.Length; index++)
        {
            data[index] ^= 0x10;
            var only = Assert.Single(Some.All(data));
            Assert.Equal(new Malformed(MalformedReason.InvalidAggregate), only.Malformed);
            Assert.True(only.Data.Equals(new ReadOnlyMemory<byte>(data)));
            data[index] ^= 0x10;
        }
    }

    public static TheoryData<string, byte[]> BrokenMessages => new()
    {
        { "no record", Some.Message(message => { message.WriteTag(1, WireFormat.WireType.LengthDelimited); message.WriteString("k"); }) },
        { "nothing at all", [] },
        { "no key", Some.Message(message => Some.WriteRecord(message, 0, Click)) },
        { "a key out of the table", [0x0A, 1, (byte)'k', .. Some.Message(message => Some.WriteRecord(message, 1, Click))] },
        { "a key index beyond 32 bits", [0x0A, 1, (byte)'k', .. Some.Message(message => Some.WriteRecord(message, 1UL << 32, Click))] },
        { "a record without data", [0x0A, 1, (byte)'k', 0x1A, 2, 0x08, 0] },
        { "a record without a key", [0x0A, 1, (byte)'k', 0x1A, 2, 0x1A, 0] },
        { "data of another wire type", [0x0A, 1, (byte)'k', 0x1A, 4, 0x08, 0, 0x18, 0] },
        { "records of another wire type", [0x0A, 1, (byte)'k', 0x18, 0] },
        { "a length beyond the end", [0x0A, 200, (byte)'k'] },
        { "a length beyond 63 bits", [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01] },
        { "a varint too long", [0x48, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F] },
        { "a varint cut off", [0x48, 0x80] },
        { "a group", [0x4B, 0x4C] },
        { "field number zero", [0x00, 0x00] },
        { "a key that is not UTF-8", [0x0A, 1, 0xFF, .. Some.Message(message => Some.WriteRecord(message, 0, Click))] },
        { "a fixed value cut off", [0x49, 1, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(BrokenMessages))]
    public void ABrokenMessageIsMalformedThoughItsChecksumIsRight(string fault, byte[] message)
    {
        var malformed = Some.Malformed(Some.Seal(message));
        Assert.True(malformed == new Malformed(MalformedReason.InvalidAggregate), $"{fault}: {malformed}");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(19)]
    public void AMagicWithoutAChecksumIsMalformed(int length)
    {
        var data = new byte[length];
        new byte[] { 0xF3, 0x89, 0x9A, 0xC2 }.CopyTo(data, 0);
        Assert.Equal(MalformedReason.InvalidAggregate, Some.Malformed(data).Reason);
    }

    [Fact]
    public void AnAggregateWithinAnAggregateIsNotDivided() =>
        Assert.Equal(MalformedReason.NestedAggregate, Some.Malformed(Some.Aggregate(("k", Some.Aggregate(("k", Click))))).Reason);

    [Fact]
    public void AllCompressedPartsOfARecordDrawOnOneAllowance()
    {
        var large = Some.Gzip(Some.Utf8("{\"a\":\"" + new string('x', 592) + "\"}"));
        var limits = new EventLimits { MaxDecompressedBytes = 1200 };

        var all = Some.All(Some.Aggregate(("k", large), ("k", large), ("k", large), ("k", Click)), limits);

        Assert.Equal([true, true, false, true], all.Select(user => user.IsEvent));
        Assert.Equal(MalformedReason.DecompressedTooLarge, all[2].Malformed.Reason);
    }
}
