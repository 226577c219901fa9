using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Events.Tests.Reading;

public sealed class EventTextTests
{
    [Theory]
    [InlineData("""\"\\\/\b\f\n\r\t""", "\"\\/\b\f\n\r\t")]
    [InlineData("""\u00e9\u20AC""", "é€")]
    [InlineData("""a\ud83d\ude00b""", "a😀b")]
    [InlineData("""\ud83d""", "\uFFFD")]
    [InlineData("""\ud83dx""", "\uFFFDx")]
    [InlineData("""\ude00\ud83d""", "\uFFFD\uFFFD")]
    [InlineData("""\ud83d\u0041""", "\uFFFDA")]
    [InlineData("""\u0000""", "\0")]
    public void EscapesAreResolved(string json, string expected)
    {
        var text = Some.Event($$"""{"message":"{{json}}"}""").Text(EventField.Message);

        Assert.Equal(expected, text.ToString());
        Assert.True(text.Equals(Encoding.UTF8.GetBytes(expected)));
        Assert.False(text.Equals(Encoding.UTF8.GetBytes(expected + "x")));
    }

    [Fact]
    public void AnyStringRoundTrips() =>
        Prop.ForAll<string>(value =>
        {
            var text = value ?? "";
            var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            var read = Some.Event($$"""{"message":{{JsonSerializer.Serialize(text)}}}""").Text(EventField.Message);
            Span<byte> copy = new byte[read.MaxLength];
            return read.ToString() == expected
                && read.Equals(Encoding.UTF8.GetBytes(expected))
                && read.TryCopyTo(copy, out var written)
                && Encoding.UTF8.GetString(copy[..written]) == expected;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""{"message":"abc"}""")]
    [InlineData("""{"message":"ab\u0063"}""")]
    public void ATooSmallDestinationIsRejected(string json)
    {
        var text = Some.Event(json).Text(EventField.Message);
        Assert.False(text.TryCopyTo(new byte[2], out _));
        Assert.True(text.TryCopyTo(new byte[3], out var written));
        Assert.Equal(3, written);
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("-1.50e3", "-1.50e3")]
    public void TheTextOfAnotherScalarIsItsToken(string json, string expected) =>
        Assert.Equal(expected, Some.Event($$"""{"message":{{json}}}""").Text(EventField.Message).ToString());

    [Fact]
    public void AnAbsentTextIsEmpty()
    {
        var text = Some.Event("""{"message":null}""").Text(EventField.Message);
        Assert.False(text.IsPresent);
        Assert.Equal("", text.ToString());
        Assert.Equal(0, text.MaxLength);
        Assert.False(text.Equals(""u8));
        Assert.True(text.TryCopyTo([], out var written));
        Assert.Equal(0, written);
        Assert.True(Some.Event("""{"message":""}""").Text(EventField.Message).IsPresent);
    }
}
