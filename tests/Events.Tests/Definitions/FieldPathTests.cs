using Analytics.Events.Tests;

namespace Analytics.Events.Definitions.Tests;

public sealed class FieldPathTests
{
    [Theory]
    [InlineData("amount", "12.5")]
    [InlineData("data.order.total", "7")]
    [InlineData("data.order.note", "é")]
    [InlineData("data.amount", "12.5")]
    [InlineData("data.twice", "b")]
    [InlineData("data.flag", "true")]
    [InlineData("data.data.x", "1")]
    [InlineData("data.order", "")]
    [InlineData("data.list", "")]
    [InlineData("data.list.x", "")]
    [InlineData("data.none", "")]
    [InlineData("data.nothing", "")]
    [InlineData("data.nothing.x", "")]
    [InlineData("data.amount.x", "")]
    [InlineData("user_id", "")]
    public void ScalarIsFoundInPlace(string path, string expected)
    {
        var read = Some.Event("""
             {"event_type":"x","amount":12.5,"order":{"tot\u0061l":7,"note":"\u00e9"},"twice":"a","list":[{"x":1}],"twice":"b","flag":true,"nothing":null,"data":{"x":1}}
            """);
        Assert.True(FieldPath.TryParse(path, out var field));

        Assert.Equal(expected, field.Text(in read).ToString());
        Assert.Equal(expected.Length > 0, field.Text(in read).IsPresent);
        Assert.Equal(path, field.ToString());
    }

    [Fact]
    public void ANumberIsExact()
    {
        Assert.True(FieldPath.TryParse("data.a.b", out var path));
        Assert.True(path.TryGetNumber(Some.Event("""{"a":{"b":0.10}}"""), out var value));
        Assert.Equal(0.10m, value);
        Assert.True(path.TryGetNumber(Some.Event("""{"a":{"b":"7"}}"""), out value));
        Assert.Equal(7m, value);
        Assert.False(path.TryGetNumber(Some.Event("""{"a":{"b":"x"}}"""), out _));
        Assert.False(path.TryGetNumber(Some.Event("""{"a":{}}"""), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("data")]
    [InlineData("data.")]
    [InlineData("data..x")]
    [InlineData("data.x.")]
    [InlineData("userId")]
    [InlineData("Amount")]
    [InlineData("amount.x")]
    public void InvalidPathIsRejected(string? text) => Assert.False(FieldPath.TryParse(text, out _));

    [Fact]
    public void OverlongPathIsRejected() => Assert.False(FieldPath.TryParse("data." + new string('x', 300), out _));

    [Fact]
    public void PathsWrittenAlikeAreEqual()
    {
        FieldPath.TryParse("data.x", out var one);
        FieldPath.TryParse("data.x", out var other);
        FieldPath.TryParse("data.y", out var third);

        Assert.Equal(one, other);
        Assert.Equal(one!.GetHashCode(), other!.GetHashCode());
        Assert.NotEqual(one, third);
    }
}
