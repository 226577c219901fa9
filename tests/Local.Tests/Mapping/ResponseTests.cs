using System.Text;
using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

public sealed class ResponseTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData(" [ ] ")]
    [InlineData("""{"batchItemFailures":[]}""")]
    [InlineData("""{"batchItemFailures":null}""")]
    [InlineData("""{"statusCode":200,"body":{"batchItemFailures":[{"itemIdentifier":"1"}]}}""")]
    public void TheseAnswersAreASuccess(string answer)
    {
        var response = Read(answer);

        Assert.True(response.Succeeded);
        Assert.Equal(3, response.FailedFrom);
    }

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifer":"2"}]}""")]
    [InlineData("""{"batchItemFailures":[{"ItemIdentifier":"2"}]}""")]
    [InlineData("""{"batchItemFailures":[{}]}""")]
    [InlineData("""{"batchItemFailures":[null]}""")]
    [InlineData("""{"batchItemFailures":["2"]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":2}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"7"}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":{}}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"2"}]""")]
    [InlineData("""{"batchItemFailures":[]} trailing""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"\ud800"}]}""")]
    [InlineData("{not JSON")]
    [InlineData("\"done\"")]
    [InlineData("[1]")]
    [InlineData("[] []")]
    [InlineData("[")]
    public void TheseAnswersFailTheWholeBatch(string answer)
    {
        var response = Read(answer);

        Assert.False(response.Succeeded);
        Assert.Equal(0, response.FailedFrom);
    }

    [Theory]
    [InlineData("2", 1)]
    [InlineData("3", 2)]
    [InlineData("1", 0)]
    public void AnIdentifierNamesTheFirstRecordToComeAgain(string identifier, int index)
    {
        var response = Read($$"""{"other":[1,{"a":2}],"batchItemFailures":[{"more":{"x":[]},"itemIdentifier":"{{identifier}}"}]}""");

        Assert.False(response.Succeeded);
        Assert.Equal(index, response.FailedFrom);
    }

    [Fact]
    public void WithoutReportingAnyAnswerIsASuccess() => Assert.True(Read("{not JSON", reportsFailures: false).Succeeded);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"State":{}}""")]
    [InlineData("""{"state":null}""")]
    [InlineData("""{"state":"{}"}""")]
    [InlineData("""{"batchItemFailures":[]}""")]
    public void AnAnswerWithoutStateFailsABatchOfAWindow(string answer)
    {
        var response = Read(answer, needsState: true);

        Assert.False(response.Succeeded);
        Assert.Equal(0, response.FailedFrom);
    }

    [Fact]
    public void StateIsUsedUnchanged()
    {
        var response = Read("""{ "batchItemFailures" : [{"itemIdentifier":"2"}], "state" : {"a": [1, {"b":"}"}]} , "x":1 }""", needsState: true);

        Assert.Equal("""{"a": [1, {"b":"}"}]}""", Encoding.UTF8.GetString(response.State.Span));
        Assert.Equal(1, response.FailedFrom);
    }

    private static FunctionResponse Read(string answer, bool reportsFailures = true, bool needsState = false)
    {
        var records = Some.Records(3).Select((record, index) => new PolledRecord(record, index, default, Some.Time, 100)).ToArray();
        return FunctionResponse.Read(Encoding.UTF8.GetBytes(answer), records, reportsFailures, needsState);
    }
}
