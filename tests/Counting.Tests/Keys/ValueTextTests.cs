using System.Text;
using Analytics.Counting.Keys;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Counting.Tests.Keys;

public sealed class ValueTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("/home?a=b&c=d", "/home?a=b&c=d")]
    [InlineData("New York", "New%20York")]
    [InlineData("a|b,c", "a%7Cb%2Cc")]
    [InlineData("(other)", "%28other%29")]
    [InlineData("(none)", "%28none%29")]
    [InlineData("100%", "100%25")]
    [InlineData("#values", "%23values")]
    [InlineData("a\0\n\u007F\u0085", "a%00%0A%7F%C2%85")]
    [InlineData("Zürich 東京 😀", "Zürich%20東京%20😀")]
    public void AmbiguousCharactersAreEncoded(string text, string encoded)
    {
        Assert.Equal(encoded, ValueText.EncodePart(Some.Utf8(text)));
        AssertDecodes(encoded, text);
    }

    [Fact]
    public void DifferentTextsHaveDifferentKeysThatDecodeToThem() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5000),
            Prop.ForAll(Texts().Zip(Texts()).ToArbitrary(), one =>
            {
                var first = ValueText.EncodePart(Some.Utf8(one.Item1));
                var second = ValueText.EncodePart(Some.Utf8(one.Item2));
                Assert.Equal(one.Item1 == one.Item2, first == second);
                AssertDecodes(ValueText.Join(first, second), one.Item1, one.Item2);
                AssertDecodes(ValueText.Join(first, ValueText.None), one.Item1, null);
                Assert.False(first is ValueText.All or ValueText.None or ValueText.Other);
            }));

    [Fact]
    public void BytesThatAreNotUtf8AreEncodedOneByOne() => Assert.Equal("a%FFb%C3", ValueText.EncodePart([0x61, 0xFF, 0x62, 0xC3]));

    [Theory]
    [InlineData('x')]
    [InlineData('|')]
    [InlineData('ü')]
    [InlineData('東')]
    public void LongTextsAreCutAndStayDifferent(char character)
    {
        var first = EncodeWhole(new string(character, 100_000));
        var second = EncodeWhole(new string(character, 99_999) + "!");
        Assert.NotEqual(first, second);
        Assert.InRange(Encoding.UTF8.GetByteCount(first), 300, ValueText.MaxPartBytes);
        Assert.EndsWith(")", first, StringComparison.Ordinal);
        Assert.Contains('…', ValueText.Display(first));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public void ATextIsCutTheSameWhetherItIsGivenWholeOrByItsBeginning(int length)
    {
        var text = Some.Utf8(new string('|', length));
        Span<byte> hash = stackalloc byte[ValueText.HashBytes];
        ValueText.ComputeHash(text, hash);
        var cut = ValueText.EncodePart(text.AsSpan(0, ValueText.MaxPartBytes), hash);
        Assert.Equal(cut, EncodeWhole(Encoding.UTF8.GetString(text)));
        Assert.InRange(cut.Length, 300, ValueText.MaxPartBytes);
    }

    [Fact]
    public void NoValueIsLongerThanItsBound()
    {
        var part = EncodeWhole(new string('|', 100_000));
        Assert.InRange(Encoding.UTF8.GetByteCount(ValueText.Join(part, part)), 700, ValueText.MaxBytes);
    }

    [Theory]
    [InlineData("(other)", "(other)")]
    [InlineData("(all)", "(all)")]
    [InlineData("(none)", "(none)")]
    [InlineData("%28none%29", "%28none%29")]
    [InlineData("DE,New%20York", "DE, New York")]
    [InlineData("(none),a%7C", "(none), a|")]
    public void PeopleReadTheTextAndNeverTakeAProducersForAMark(string encoded, string display) =>
        Assert.Equal(display, ValueText.Display(encoded));

    private static Gen<string> Texts() =>
        Gen.OneOf(Gen.Elements('a', 'b', '|', ',', '%', '(', ')', '#', '\0', ' ', '2', '8', 'ü', '東', '\u0085'), Gen.Choose(32, 126).Select(code => (char)code))
            .ArrayOf()
            .Select(characters => new string(characters.AsSpan(0, Math.Min(characters.Length, 40))));

    private static void AssertDecodes(string encoded, params string?[] parts) => Assert.True(ValueText.Decode(encoded).SequenceEqual(parts));

    private static string EncodeWhole(string text)
    {
        var utf8 = Some.Utf8(text);
        if (utf8.Length <= ValueText.MaxPartBytes)
        {
            return ValueText.EncodePart(utf8);
        }

        Span<byte> hash = stackalloc byte[ValueText.HashBytes];
        ValueText.ComputeHash(utf8, hash);
        return ValueText.EncodePart(utf8.AsSpan(0, ValueText.MaxPartBytes), hash);
    }
}
