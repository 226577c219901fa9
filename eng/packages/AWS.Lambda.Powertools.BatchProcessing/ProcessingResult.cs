namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>The result of a batch. Its lists are created on first access.</summary>
/// <typeparam name="TRecord">The record type of the batch.</typeparam>
public class ProcessingResult<TRecord>
{
    private readonly IList<TRecord> _records;
    private readonly Func<TRecord, string> _recordId;
    private readonly List<int> _failed = [];
    private RecordHandlerResult?[]? _handlerResults;

    internal ProcessingResult(IList<TRecord> records, Func<TRecord, string> recordId)
    {
        _records = records;
        _recordId = recordId;
    }

    /// <summary>The response that a function returns to Lambda.</summary>
    public BatchItemFailuresResponse BatchItemFailuresResponse => field ??= new BatchItemFailuresResponse(
        [.. FailureRecords.Select(failure => new BatchItemFailuresResponse.BatchItemFailure { ItemIdentifier = failure.RecordId })]);

    /// <summary>All records of the batch.</summary>
    public List<TRecord> BatchRecords => field ??= [.. _records];

    /// <summary>The records that were processed, in the order of the batch.</summary>
    public List<RecordSuccess<TRecord>> SuccessRecords => field ??= ListSuccesses();

    /// <summary>The records that are reported as failed, in the order of the batch.</summary>
    public List<RecordFailure<TRecord>> FailureRecords { get; } = [];

    internal void AddSuccess(int index, RecordHandlerResult? handlerResult)
    {
        if (handlerResult is not null && !ReferenceEquals(handlerResult, RecordHandlerResult.None))
        {
            (_handlerResults ??= new RecordHandlerResult?[_records.Count])[index] = handlerResult;
        }
    }

    internal void AddFailure(int index, Exception exception)
    {
        var record = _records[index];
        _failed.Add(index);
        FailureRecords.Add(new RecordFailure<TRecord> { Exception = exception, Record = record, RecordId = _recordId(record) });
    }

    private List<RecordSuccess<TRecord>> ListSuccesses()
    {
        var successes = new List<RecordSuccess<TRecord>>(_records.Count - _failed.Count);
        var nextFailure = 0;
        for (var index = 0; index < _records.Count; index++)
        {
            if (nextFailure < _failed.Count && _failed[nextFailure] == index)
            {
                nextFailure++;
                continue;
            }

            successes.Add(new RecordSuccess<TRecord>
            {
                Record = _records[index],
                RecordId = _recordId(_records[index]),
                HandlerResult = _handlerResults?[index] ?? RecordHandlerResult.None,
            });
        }

        return successes;
    }
}
