namespace AWS.Lambda.Powertools.BatchProcessing.Exceptions;

internal sealed class RecordProcessingException(string message, Exception inner) : Exception(message, inner);
