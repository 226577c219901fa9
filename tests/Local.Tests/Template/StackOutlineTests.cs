using Analytics.Local.Template;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Tests.Template;

public sealed class StackOutlineTests : IDisposable
{
    private const string Text = """
        Parameters:
          Shards: {Type: Number, Default: 3}
          Loud: {Type: String, Default: "false"}
        Conditions:
          IsLoud: !Equals [!Ref Loud, "true"]
        Resources:
          Events:
            Type: AWS::Kinesis::Stream
            Properties:
              ShardCount: !Ref Shards
              DesiredShardLevelMetrics: [IncomingRecords, OutgoingRecords]
              StreamModeDetails: {StreamMode: PROVISIONED}
          Late: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: late, Threshold: !GetAtt Events.StreamId}}
          Loudest: {Type: AWS::CloudWatch::Alarm, Condition: IsLoud}
        """;

    private readonly string _file = Path.GetTempFileName();

    public StackOutlineTests() => File.WriteAllText(_file, Text);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task PropertiesAreEvaluatedWithTheParameters()
    {
        var outline = await StackOutline.LoadAsync(_file, new Dictionary<string, string> { ["Shards"] = "7" });

        var stream = Assert.Single(outline.OfType("AWS::Kinesis::Stream"));
        Assert.Equal(("Events", "analytics-Events", 7), (stream.LogicalId, stream.Name, stream.Integer("ShardCount")));
        Assert.Equal("PROVISIONED", stream.Text("StreamModeDetails", "StreamMode"));
        Assert.Equal(["IncomingRecords", "OutgoingRecords"], stream.List("DesiredShardLevelMetrics"));
    }

    [Fact]
    public async Task PropertyAbsentFromTheTemplateIsNull()
    {
        var outline = await StackOutline.LoadAsync(_file, new Dictionary<string, string>());

        var stream = Assert.Single(outline.OfType("AWS::Kinesis::Stream"));
        Assert.Null(stream.Integer("RetentionPeriodHours"));
        Assert.Null(stream.Text("StreamEncryption", "KeyId"));
        Assert.Empty(stream.List("Tags"));
    }

    [Theory]
    [InlineData("false", 1)]
    [InlineData("true", 2)]
    public async Task OnlyResourcesWhoseConditionIsTrueExist(string loud, int alarms)
    {
        var outline = await StackOutline.LoadAsync(_file, new Dictionary<string, string> { ["Loud"] = loud });

        Assert.Equal(alarms, outline.Count("AWS::CloudWatch::Alarm"));
    }

    [Fact]
    public async Task MissingTemplateIsReported()
    {
        var missing = _file + ".missing";

        var exception = await Assert.ThrowsAsync<TemplateException>(() => StackOutline.LoadAsync(missing, new Dictionary<string, string>()));

        Assert.Contains(missing, exception.Message, StringComparison.Ordinal);
    }
}
