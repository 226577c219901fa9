using Analytics.Alerting.Messages;

namespace Analytics.Alerting.Tests.Messages;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("a\u00A0b\u3000c", "a b c")]
    [InlineData("\u0000", "[U+0000]")]
    [InlineData("\u200B", "[U+200B]")]
    [InlineData("\u2028", "[U+2028]")]
    [InlineData("\u2029", "[U+2029]")]
    [InlineData("\uE000", "[U+E000]")]
    [InlineData("\u0378", "[U+0378]")]
    [InlineData("\U000E0041", "[U+E0041]")]
    [InlineData("\u3164x", "[U+3164]x")]
    [InlineData("\u034F", "[U+034F]")]
    [InlineData("\u180B\u180F", "[U+180B][U+180F]")]
    [InlineData("a\uFE00\uFE0F", "a[U+FE00][U+FE0F]")]
    [InlineData("a\U000E0100\U000E01EF", "a[U+E0100][U+E01EF]")]
    [InlineData("\u180A\u1810", "\u180A\u1810")]
    public void InvisibleCharactersAreWrittenAsCodes(string text, string shown) => Assert.Equal(shown, PrintableText.Create(text, 100));

    [Theory]
    [InlineData("e\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301[U+0301]")]
    [InlineData("e\u0301\u0301\u0301e\u0301", "e\u0301\u0301\u0301e\u0301")]
    [InlineData("e\u0301\u0301\u0301 \u0301", "e\u0301\u0301\u0301 \u0301")]
    [InlineData("e\u0301\u0301\u0301\u0007\u0301", "e\u0301\u0301\u0301[U+0007]\u0301")]
    [InlineData("e\u20DD\u20DD\u20DD\u20DD", "e\u20DD\u20DD\u20DD[U+20DD]")]
    public void ThreeMarksOnACharacterAreShown(string text, string shown) => Assert.Equal(shown, PrintableText.Create(text, 100));

    [Fact]
    public void AnUnpairedSurrogateIsAReplacementCharacter() => Assert.Equal("a\uFFFDb", PrintableText.Create($"a{'\uD800'}b", 100));

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abcd... (5 characters)")]
    [InlineData("abc\U0001F600", 4, "abc... (5 characters)")]
    [InlineData("ab\U0001F600e", 4, "ab\U0001F600... (5 characters)")]
    public void ALongTextIsCutWithItsLength(string text, int maxLength, string shown) => Assert.Equal(shown, PrintableText.Create(text, maxLength));

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abcd")]
    [InlineData("  ab\tcé~ ", 9, "ab?c?~")]
    [InlineData("ab  c", 4, "ab")]
    [InlineData("\u007F\u001F !", 9, "?? !")]
    public void AsciiHasQuestionMarksForOtherCharacters(string text, int maxLength, string ascii) =>
        Assert.Equal(ascii, PrintableText.Ascii(text, maxLength));
}
