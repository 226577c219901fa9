namespace Analytics.Streaming;

/// <summary>
/// The log of a batch: shard, sequence numbers and kinds of failure. It never contains record contents, and therefore no exception messages,
/// which may quote them. Messages are formatted before the call: message templates do not work with Native AOT in the published package.
/// </summary>
internal readonly struct BatchLog(ILogWriter writer, string requestId, string shardId)
{
    public void Rejected(string identifier, string reason) =>
        writer.Error($"Record {GetName(identifier)} of {Place} is reported to Lambda for redelivery: {reason}.");

    public void RecordFailed(string identifier, Exception exception) => writer.Error(
        $"Record {GetName(identifier)} of {Place} stopped the batch. The records before it are written; it and the records after it are redelivered.",
        new LoggedException(exception));

    public void CommitIncomplete(SequenceNumber lowest, Exception? cause) => writer.Warning(
        $"Not everything of {Place} could be written; records from {lowest} on are redelivered.", cause is null ? null : new LoggedException(cause));

    public void BatchFailed(Exception exception) =>
        writer.Error($"The batch of {Place} failed and is redelivered.", new LoggedException(exception));

    private string Place => $"shard {(shardId.Length == 0 ? "(unknown)" : shardId)}, request {requestId}";

    private static string GetName(string identifier) => identifier.Length == 0 ? "(without a sequence number)" : identifier;
}
