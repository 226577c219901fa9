namespace AWS.Lambda.Powertools.BatchProcessing.Exceptions;

internal sealed class BatchProcessingException(string message, IEnumerable<Exception> exceptions) : AggregateException(message, exceptions);
