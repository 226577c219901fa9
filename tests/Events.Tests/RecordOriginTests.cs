namespace Analytics.Events.Tests;

public class RecordOriginTests
{
    [Fact]
    public void AnOriginIsReadAsItWasWritten()
    {
        var origin = new RecordOrigin("eu-west-1", "analytics-events", "shardId-000000000003:49590338271490256608559692538361571095921575989136588898");

        Assert.True(RecordOrigin.TryParse(Some.Utf8(origin.ToString()), out var read));
        Assert.Equal(origin, read);
    }

    [Fact]
    public void TheLongestOriginIsReadAndALongerOneIsNot()
    {
        var longest = "eu-west-1/s/".PadRight(RecordOrigin.MaxBytes, '7');

        Assert.True(RecordOrigin.TryParse(Some.Utf8(longest), out var read));
        Assert.Equal(longest, read.ToString());
        Assert.False(RecordOrigin.TryParse(Some.Utf8(longest + '7'), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("eu-west-1")]
    [InlineData("eu-west-1/stream")]
    [InlineData("eu-west-1/stream/1/2")]
    [InlineData("/stream/1")]
    [InlineData("eu-west-1//1")]
    [InlineData("eu-west-1/stream/")]
    [InlineData("//")]
    [InlineData("eu-west-1/stream/1\n")]
    [InlineData("eu-west-1/str eam/1")]
    [InlineData("eu-west-1/strëam/1")]
    [InlineData("eu-west-1/{stream}/1")]
    public void AnUnusualOriginIsRejected(string value)
    {
        Assert.False(RecordOrigin.TryParse(Some.Utf8(value), out var origin));
        Assert.Equal(default, origin);
    }
}
