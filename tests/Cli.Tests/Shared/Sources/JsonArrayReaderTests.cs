using System.Text;
using Analytics.Cli.Shared.Sources;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Cli.Tests.Shared.Sources;

public sealed class JsonArrayReaderTests
{
    private static readonly string[] Elements =
        ["{}", "{\"a\":[{\"b\":\"]},\\\"\"}]}", "[[],[{}]]", "\"text \\\\\"", "-1.5e3", "null", "{\n  \"é\" : \"\\u005d,\"\n}", "\"\\\\\\\"[{\""];

    private static readonly string[] Spaces = ["", " ", "\n", "\r\n\t  "];

    [Fact]
    public void TheElementsAreThoseBetweenTheCommasHoweverTheyArrive()
    {
        var arrays = Gen.Elements(Elements).SelectMany(element => Gen.Elements(Spaces).SelectMany(before => Gen.Elements(Spaces).Select(after => (element, text: before + element + after)))).NonEmptyListOf();
        var property = Prop.ForAll(arrays.ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), (array, chunk) =>
        {
            var text = Encoding.UTF8.GetBytes($" [{string.Join(',', array.Select(one => one.text))}]\n");
            using var stream = new DribblingStream(text, chunk);

            Assert.Equal(array.Select(one => one.element), Read(new JsonArrayReader(stream, int.MaxValue)));
        });
        Check.QuickThrowOnFailure(property);
    }

    [Fact]
    public void OfALargeFileOneElementIsHeldAtATime()
    {
        const int count = 2_000_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var stream = new EndlessArray(count);
        var reader = new JsonArrayReader(stream, 100);
        var bytes = 0L;
        while (reader.Read() is { } element)
        {
            bytes += element.Length;
        }

        Assert.Equal((count, 7L * count), (reader.Number, bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("[1")]
    [InlineData("[1,")]
    [InlineData("[,1]")]
    [InlineData("[1,,2]")]
    [InlineData("[1,]")]
    [InlineData("[1}]")]
    [InlineData("[\"1]")]
    [InlineData("[\"1\\")]
    [InlineData("[1]]")]
    [InlineData("[] x")]
    public void IncompleteArrayIsAnError(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));

        Assert.Throws<InvalidDataException>(() => Read(new JsonArrayReader(stream, 100)));
    }

    private static List<string> Read(JsonArrayReader reader)
    {
        var elements = new List<string>();
        while (reader.Read() is { } element)
        {
            elements.Add(Encoding.UTF8.GetString(element));
        }

        return elements;
    }

    private sealed class DribblingStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(chunk, buffer.Length)]);
    }

    /// <summary>An array of many elements that is never in memory as a whole.</summary>
    private sealed class EndlessArray(int count) : MemoryStream
    {
        private int _next;

        public override int Read(Span<byte> buffer)
        {
            if (_next > count)
            {
                return 0;
            }

            ReadOnlySpan<byte> part = _next++ == 0 ? "[{\"a\":1}"u8 : _next <= count ? ",{\"a\":1}"u8 : "]"u8;
            part.CopyTo(buffer);
            return part.Length;
        }
    }
}
