using AWS.Lambda.Powertools.Logging;

namespace Analytics.Streaming;

/// <summary>
/// What is logged of a batch: shard, sequence numbers and kinds of trouble. Never a record's contents, and so no exception's message,
/// which may quote them. Texts are made before the call: message templates do not survive Native AOT in the published package.
/// </summary>
internal readonly struct BatchLog(string requestId, string shardId)
{
    public void Unusable(string identifier, string reason) =>
        Logger.LogError($"Record {Named(identifier)} of {Place} is left for Lambda to deliver again: {reason}.");

    public void RecordFailed(string identifier, Exception exception) =>
        Logger.LogError(
            $"Record {Named(identifier)} of {Place} stopped the batch; those before it are written, it and those after it come again. "
            + $"{FailureText.Of(exception)}\n{exception.StackTrace}");

    public void CommitIncomplete(SequenceNumber lowest, Exception? cause) =>
        Logger.LogWarning(
            $"Not everything of {Place} could be written; records from {lowest} on come again."
            + (cause is null ? "" : $" {FailureText.Of(cause)}"));

    public void BatchFailed(Exception exception) =>
        Logger.LogError($"The batch of {Place} failed and comes again whole. {FailureText.Of(exception)}\n{exception.StackTrace}");

    private string Place => $"shard {(shardId.Length == 0 ? "(unknown)" : shardId)}, request {requestId}";

    private static string Named(string identifier) => identifier.Length == 0 ? "(without a sequence number)" : identifier;
}
