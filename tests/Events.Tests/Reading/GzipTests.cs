using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Events.Tests.Reading;

public sealed class GzipTests
{
    private const string Json = """{"event_type":"click","user_id":"u-1"}""";

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void ACompressedRecordIsItsContent(CompressionLevel level)
    {
        var data = Some.Gzip(Some.Utf8(Json), level);
        var only = Assert.Single(Some.All(data));

        Assert.Equal(Json, Some.GetJson(only));
        Assert.Equal("u-1", only.Event.Text(EventField.UserId).ToString());
        Assert.True(only.Data.Equals(new ReadOnlyMemory<byte>(data)));
    }

    [Fact]
    public void MembersInARowAreOneContent() =>
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(0, 30_000)).Where(sizes => sizes.Length is > 0 and < 6).ToArbitrary(), sizes =>
        {
            var parts = sizes.Select((size, index) => Some.Utf8(string.Concat(Enumerable.Range(0, size / 8).Select(i => $"\"{i * (index + 7) % 9973:D4}\",")))).ToList();
            byte[] content = [.. Some.Utf8("{\"a\":["), .. parts.SelectMany(part => part), .. Some.Utf8("1]}")];
            byte[] data = [.. Some.Gzip("{\"a\":["), .. parts.SelectMany(part => Some.Gzip(part)), .. Some.Gzip("1]}")];
            var only = Assert.Single(Some.All(data));
            Assert.True(only.IsEvent, only.Malformed.ToString());
            Assert.True(only.Event.Json.Span.SequenceEqual(content));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ARecordCutAnywhereIsMalformed()
    {
        var whole = Some.Gzip(Json);
        for (var length = 2; length < whole.Length; length++)
        {
            Assert.Equal(MalformedReason.InvalidGzip, Some.Malformed(whole[..length]).Reason);
        }
    }

    [Fact]
    public void ALargeRecordCutAnywhereIsMalformed()
    {
        var random = new System.Random(7);
        var whole = Some.Gzip(Some.Utf8("{\"a\":\"" + string.Concat(Enumerable.Range(0, 30_000).Select(_ => (char)random.Next('a', 'z'))) + "\"}"));
        for (var length = 2; length < whole.Length; length += 97)
        {
            Assert.Equal(MalformedReason.InvalidGzip, Some.Malformed(whole[..length]).Reason);
        }
    }

    [Fact]
    public void AWrongChecksumIsMalformed()
    {
        var data = Some.Gzip(Json);
        data[^6] ^= 1;
        Assert.Equal(new Malformed(MalformedReason.InvalidGzip), Some.Malformed(data));
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 0x1F })]
    [InlineData(new byte[] { 0x1F, 0x8B })]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 })]
    public void BytesBehindTheLastMemberAreMalformed(byte[] rest) =>
        Assert.Equal(MalformedReason.InvalidGzip, Some.Malformed([.. Some.Gzip(Json), .. rest]).Reason);

    [Fact]
    public void InvalidContentHasASpecificReason()
    {
        Assert.Equal(MalformedReason.NotJson, Some.Malformed(Some.Gzip("hello")).Reason);
        Assert.Equal(MalformedReason.Empty, Some.Malformed(Some.Gzip("")).Reason);
        Assert.Equal(new Malformed(MalformedReason.InvalidUtf8, 1), Some.Malformed(Some.Gzip(Some.Gzip(Json))));
    }

    [Fact]
    public void TheDecompressedSizeIsBounded()
    {
        var limits = new EventLimits { MaxDecompressedBytes = 1000 };
        static byte[] OfLength(int length) => Some.Utf8("{\"a\":\"" + new string('x', length - 8) + "\"}");

        Assert.True(Assert.Single(Some.All(Some.Gzip(OfLength(1000)), limits)).IsEvent);
        Assert.Equal(MalformedReason.DecompressedTooLarge, Some.Malformed(Some.Gzip(OfLength(1001)), limits).Reason);
        Assert.Equal(MalformedReason.DecompressedTooLarge, Some.Malformed(Some.Gzip(OfLength(5000)), limits).Reason);
    }

    [Fact]
    public void DecompressionBombIsRejectedEarly()
    {
        var bomb = Some.Gzip(new byte[200 * 1024 * 1024]);
        Some.Malformed(Some.Gzip("{"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(MalformedReason.DecompressedTooLarge, Some.Malformed(bomb).Reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 * 1024);
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.NoCompression)]
    public void ZlibIsDetectedAlsoInAnAggregate(CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, level))
        {
            zlib.Write(Some.Utf8(Json));
        }

        Assert.Equal(MalformedReason.UnsupportedCompression, Some.Malformed(compressed.ToArray()).Reason);
        Assert.Equal(MalformedReason.UnsupportedCompression, Some.Malformed(Some.Aggregate(("k", compressed.ToArray()))).Reason);
    }

    [Fact]
    public void ALargeContentIsTooLargeForAnEvent() =>
        Assert.Equal(MalformedReason.TooLarge, Some.Malformed(Some.Gzip(new byte[1024 * 1024])).Reason);
}
