namespace Analytics.Streaming;

/// <summary>
/// The log of a batch: shard, sequence numbers and kinds of failure. Never a record's contents, and so no exception's message,
/// which may quote them. Texts are made before the call: message templates do not survive Native AOT in the published package.
/// </summary>
internal readonly struct BatchLog(ILogWriter writer, string requestId, string shardId)
{
    public void Unusable(string identifier, string reason) =>
        writer.Error($"Record {GetName(identifier)} of {Place} is left for Lambda to deliver again: {reason}.");

    public void RecordFailed(string identifier, Exception exception) => writer.Error(
        $"Record {GetName(identifier)} of {Place} stopped the batch; those before it are written, it and those after it come again.",
        new LoggedException(exception));

    public void CommitIncomplete(SequenceNumber lowest, Exception? cause) => writer.Warning(
        $"Not everything of {Place} could be written; records from {lowest} on come again.", cause is null ? null : new LoggedException(cause));

    public void BatchFailed(Exception exception) =>
        writer.Error($"The batch of {Place} failed and comes again whole.", new LoggedException(exception));

    private string Place => $"shard {(shardId.Length == 0 ? "(unknown)" : shardId)}, request {requestId}";

    private static string GetName(string identifier) => identifier.Length == 0 ? "(without a sequence number)" : identifier;
}
