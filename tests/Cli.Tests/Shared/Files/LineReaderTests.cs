using System.Text;
using Analytics.Cli.Shared.Files;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Cli.Tests.Shared.Files;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\nb", new[] { "a", "b" })]
    [InlineData("\n", new[] { "" })]
    [InlineData("a\n\nb\n\n", new[] { "a", "", "b", "" })]
    [InlineData("a\r\nb\r\n", new[] { "a\r", "b\r" })]
    public void LinesEndAtLineFeedsAndTheLastMayLackIt(string text, string[] lines) => Assert.Equal(lines, Read(Encoding.UTF8.GetBytes(text), 100));

    [Fact]
    public void AnyBytesInAnyChunksArePreserved()
    {
        var property = Prop.ForAll<byte[], byte>((bytes, chunk) =>
        {
            using var stream = new DribblingStream(bytes, chunk + 1);
            var reader = new LineReader(stream, int.MaxValue);
            var joined = new List<byte>();
            while (reader.Read() is { } line)
            {
                Assert.DoesNotContain((byte)'\n', line);
                Assert.Equal(line.Length, reader.LineLength);
                joined.AddRange(line);
                joined.Add((byte)'\n');
            }

            var expected = bytes.Length > 0 && bytes[^1] != '\n' ? [.. bytes, (byte)'\n'] : bytes;
            Assert.Equal(expected, joined);
        });
        Check.QuickThrowOnFailure(property);
    }

    [Fact]
    public void LineOverTheLimitKeepsOnlyItsLength()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 200_000) + "\nshort\n" + new string('y', 100)));
        var reader = new LineReader(stream, 100);

        Assert.Empty(reader.Read()!);
        Assert.True(reader.IsTooLong);
        Assert.Equal(200_000, reader.LineLength);
        Assert.Equal("short"u8.ToArray(), reader.Read());
        Assert.False(reader.IsTooLong);
        Assert.Equal(100, reader.Read()!.Length);
        Assert.Equal(3, reader.LineNumber);
        Assert.Null(reader.Read());
    }

    private static List<string> Read(byte[] bytes, int longest)
    {
        using var stream = new MemoryStream(bytes);
        var reader = new LineReader(stream, longest);
        var lines = new List<string>();
        while (reader.Read() is { } line)
        {
            lines.Add(Encoding.UTF8.GetString(line));
        }

        return lines;
    }

    private sealed class DribblingStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(chunk, buffer.Length)]);
    }
}
