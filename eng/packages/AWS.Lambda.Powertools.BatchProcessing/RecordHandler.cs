namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>A record handler made from a delegate.</summary>
/// <typeparam name="TRecord">The record type of the batch.</typeparam>
public class RecordHandler<TRecord> : IRecordHandler<TRecord>
{
    private static readonly Task<RecordHandlerResult> Done = Task.FromResult(RecordHandlerResult.None);

    private readonly Func<TRecord, Task<RecordHandlerResult>> _handle;

    private RecordHandler(Func<TRecord, Task<RecordHandlerResult>> handle) => _handle = handle;

    /// <summary>A synchronous handler.</summary>
    public static IRecordHandler<TRecord> From(Action<TRecord> handlerAction)
    {
        ArgumentNullException.ThrowIfNull(handlerAction);
        return new RecordHandler<TRecord>(record =>
        {
            handlerAction(record);
            return Done;
        });
    }

    /// <summary>An asynchronous handler.</summary>
    public static IRecordHandler<TRecord> From(Func<TRecord, Task<RecordHandlerResult>> handlerFunc)
    {
        ArgumentNullException.ThrowIfNull(handlerFunc);
        return new RecordHandler<TRecord>(handlerFunc);
    }

    /// <inheritdoc/>
    public Task<RecordHandlerResult> HandleAsync(TRecord record, CancellationToken cancellationToken) => _handle(record);
}
