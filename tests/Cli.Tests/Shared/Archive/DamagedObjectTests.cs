using System.IO.Compression;
using System.Text;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Files;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Cli.Tests.Shared.Archive;

/// <summary>Modified archive objects: every reader reports an error that names the object.</summary>
public sealed class DamagedObjectTests
{
    private static readonly string[] Lines =
    [
        SampleArchive.Event(1, """{"n":1.10,"text":"some more of it"}"""),
        SampleArchive.Event(2, "{}", [0xFF, 0x00]),
        SampleArchive.Event(3, """{"é":"'"}"""),
    ];

    private static readonly string Key = SampleArchive.CreateKey("events", 12, Lines);
    private static readonly byte[] SeveralMembers = SampleArchive.CreateObject(Lines);
    private static readonly byte[] OneMember = Gzip(string.Concat(Lines.Select(line => line + "\n")));

    public static TheoryData<string, byte[]> Objects => new() { { nameof(OneMember), OneMember }, { nameof(SeveralMembers), SeveralMembers } };

    [Theory]
    [MemberData(nameof(Objects))]
    public void AWholeObjectIsRead(string form, byte[] content) =>
        Assert.Equal((form, "1 2 3"), (form, string.Join(' ', ArchiveLines.Read(Key, content).Select(entry => entry.Key.SequenceNumber))));

    [Theory]
    [MemberData(nameof(Objects))]
    public void CutAtAnyLengthItIsDamaged(string form, byte[] content)
    {
        for (var length = 0; length < content.Length; length++)
        {
            AssertDamaged(content[..length], $"{form} cut to {length} of {content.Length} bytes");
        }
    }

    /// <summary>Gzip's checksum covers everything but a member header's metadata (time, file system), which does not affect the content.</summary>
    [Theory]
    [MemberData(nameof(Objects))]
    public void WithAnyBitFlippedItIsDamagedOrReadsTheSame(string form, byte[] content)
    {
        var expected = Read(content);
        var same = 0;
        for (var bit = 0; bit < 8 * content.Length; bit++)
        {
            var flipped = content.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.True(expected.SequenceEqual(Read(flipped)), $"{form} reads otherwise with bit {bit} flipped");
                same++;
            }
            catch (ArchiveDamagedException e)
            {
                Assert.Contains(Key, e.Message, StringComparison.Ordinal);
            }
        }

        // Per member: modification time, extra flags, operating system, text flag, and the padding bits after deflate's last block.
        Assert.InRange(same, 1, ((6 * 8) + 1 + 7) * Lines.Length);
    }

    [Fact]
    public void ModifiedBytesAreReportedAsDamageOrReadTheSame()
    {
        var expected = Read(OneMember);
        var edits = Gen.Choose(0, OneMember.Length - 1).SelectMany(at => Gen.Choose(0, 40).SelectMany(removed => Gen.Choose(0, 255).ArrayOf().Select(added => (at, removed, added))));
        Prop.ForAll(edits.ToArbitrary(), edit =>
        {
            var (at, removed, added) = edit;
            byte[] content = [.. OneMember[..at], .. added.Select(value => (byte)value), .. OneMember[Math.Min(OneMember.Length, at + removed)..]];
            try
            {
                return Read(content).SequenceEqual(expected);
            }
            catch (ArchiveDamagedException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\0")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("\u001f")]
    [InlineData("garbage after the end")]
    public void BytesAfterTheLastMemberAreDamage(string trailing) => AssertDamaged([.. OneMember, .. Encoding.Latin1.GetBytes(trailing)], "with " + trailing);

    [Fact]
    public void TheBeginningOfAnotherMemberIsDamage() => AssertDamaged([.. OneMember, 0x1F, 0x8B], "with two bytes of a member");

    [Fact]
    public void AnObjectThatIsNotGzipIsDamaged() => AssertDamaged(Encoding.UTF8.GetBytes(Lines[0] + "\n"), "plain text");

    [Fact]
    public void AnObjectWithoutALineIsDamaged() => AssertDamaged(Gzip(""), "empty", "has no lines");

    [Fact]
    public void LinesThatAreMissingAtTheEndAreDamageThoughTheGzipIsWhole() => AssertDamaged(SampleArchive.CreateObject(Lines[..2]), "without the last", "last line is of record 2 of shardId-000000000000");

    [Fact]
    public void LinesThatAreMissingAtTheBeginningAreDamageThoughTheGzipIsWhole() => AssertDamaged(SampleArchive.CreateObject(Lines[1..]), "without the first", "first line is of record 2");

    [Fact]
    public void ALastLineWithoutItsEndIsDamage() => AssertDamaged(Gzip(string.Join('\n', Lines)), "cut line", "its last line is truncated");

    [Theory]
    [InlineData("not JSON")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"shard_id":7}""")]
    public void LineThatIsNotAnEntryIsDamage(string line) => AssertDamaged(SampleArchive.CreateObject(Lines[0], line, Lines[2]), line, "line 2 is not an archive entry");

    [Theory]
    [InlineData(8_190)]
    [InlineData(8_191)]
    [InlineData(8_192)]
    [InlineData(8_193)]
    [InlineData(8_194)]
    [InlineData(65_536)]
    public void MembersMayMeetAtAnyPlaceOfTheReadersBuffers(int boundary)
    {
        var random = new Random(boundary);
        var first = Exactly(boundary, random);
        var second = SampleArchive.CreateObject("the end");

        using var whole = new WholeGzipStream(new MemoryStream([.. first, .. second]));
        using var read = new MemoryStream();
        whole.CopyTo(read);

        Assert.EndsWith("the end\n", Encoding.Latin1.GetString(read.ToArray()), StringComparison.Ordinal);
        for (var cut = boundary - 2; cut <= boundary + 2; cut++)
        {
            byte[] damaged = cut == boundary ? [.. first, .. second[..5]] : [.. first.Concat(second).Take(cut)];
            using var stream = new WholeGzipStream(new MemoryStream(damaged));
            Assert.Throws<InvalidDataException>(() => stream.CopyTo(Stream.Null));
        }
    }

    /// <summary>A member of exactly this size: incompressible data, padded with a name in the header.</summary>
    private static byte[] Exactly(int length, Random random)
    {
        var content = new byte[length - 200];
        random.NextBytes(content);
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(content);
        }

        var member = compressed.ToArray();
        byte[] header = [.. member[..3], 0x08, .. member[4..10], .. Enumerable.Repeat((byte)'n', length - member.Length - 1), 0];
        return [.. header, .. member[10..]];
    }

    private static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    private static List<string> Read(byte[] content) =>
        [.. ArchiveLines.Read(Key, content).Select(entry => $"{entry.Key} {Convert.ToBase64String(entry.Data.Span)} {entry.PartitionKey} {entry.ArrivalTime:O}")];

    private static void AssertDamaged(byte[] content, string what, string why = "is damaged")
    {
        var error = Record.Exception(() => Read(content));

        Assert.True(error is ArchiveDamagedException, $"{what}: {error}");
        Assert.StartsWith($"the archive object {Key} is damaged: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
