using System.Text;
using Analytics.Dashboard.Controls;

namespace Analytics.Dashboard.Tests.Controls;

/// <summary>The requests of the page's controls.</summary>
public sealed class ControlRequestTests
{
    [Theory]
    [InlineData("""{"set":{"rate":200,"mix":{"envelope":1,"CloudEvents":0},"malformedPercent":5,"hotKeyPercent":50}}""", "rate 200")]
    [InlineData("""{"send":"error-spike"}""", "send ErrorSpike")]
    [InlineData("""{"send":"malformed"}""", "send Malformed")]
    [InlineData("""{"send":"high-value-order"}""", "send HighValueOrder")]
    [InlineData("""{"reshard":"split"}""", "split")]
    [InlineData("""{"reshard":"merge"}""", "merge")]
    [InlineData("""{"fault":"outage"}""", "fault outage")]
    public async Task KnownActionIsPerformed(string json, string done)
    {
        var controls = new FakeControls();

        var (accepted, message) = await ControlRequest.Parse(Encoding.UTF8.GetBytes(json))!.ApplyAsync(controls, CancellationToken.None);

        Assert.True(accepted, message);
        Assert.Equal([done], controls.Done);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"send":"everything"}""")]
    [InlineData("""{"reshard":"explode"}""")]
    [InlineData("""{"fault":"rm -rf"}""")]
    [InlineData("""{"send":"malformed","reshard":"split"}""")]
    [InlineData("""{"set":{"rate":5001,"mix":{"envelope":1}}}""")]
    [InlineData("""{"set":{"rate":-1,"mix":{"envelope":1}}}""")]
    [InlineData("""{"set":{"rate":1,"mix":{"envelope":0}}}""")]
    [InlineData("""{"set":{"rate":1,"mix":{"envelope":2147483647,"CloudEvents":2147483647}}}""")]
    [InlineData("""{"set":{"rate":1,"mix":{"morse":1}}}""")]
    [InlineData("""{"set":{"rate":1,"mix":null}}""")]
    [InlineData("""{"set":{"rate":1,"mix":{"envelope":1},"malformedPercent":101}}""")]
    [InlineData("""{"set":{"rate":1,"mix":{"envelope":1},"hotKeyPercent":-1}}""")]
    public async Task UnavailableActionIsRejected(string json)
    {
        var controls = new FakeControls();

        var (accepted, message) = await ControlRequest.Parse(Encoding.UTF8.GetBytes(json))!.ApplyAsync(controls, CancellationToken.None);

        Assert.False(accepted);
        Assert.NotEmpty(message);
        Assert.Empty(controls.Done);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"sudo":true}""")]
    [InlineData("""{"set":{"rate":"fast"}}""")]
    public void InvalidRequestIsNull(string json) => Assert.Null(ControlRequest.Parse(Encoding.UTF8.GetBytes(json)));
}
