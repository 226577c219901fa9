namespace AWS.Lambda.Powertools.BatchProcessing.Exceptions;

internal sealed class UnprocessedRecordException(string message) : Exception(message);
