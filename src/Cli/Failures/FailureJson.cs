using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Failures;

/// <summary>Writes a batch of the failures queue as a line of JSON.</summary>
internal static class FailureJson
{
    /// <summary>The line, without line feed.</summary>
    public static string Write(FailureMessage failure) => JsonText.Write(JsonText.Escaped, json =>
    {
        json.WriteStartObject();
        json.WriteString("id", failure.MessageId);
        json.WriteString("function", failure.FunctionName);
        json.WriteString("shardId", failure.ShardId);
        json.WriteString("startSequenceNumber", failure.Range?.First.ToString());
        json.WriteString("endSequenceNumber", failure.Range?.Last.ToString());
        json.WriteNumber("batchSize", failure.Range?.Count ?? 0);
        json.WriteString("condition", failure.Condition);
        json.WriteString("functionError", failure.FunctionError);
        json.WriteNumber("approximateInvokeCount", failure.InvokeCount);
        json.WriteString("timestamp", failure.GivenUpAt);
        json.WriteEndObject();
    });
}
