namespace Analytics.Replicator;

/// <summary>The exception thrown for a record that is too large to copy. After its retries, Lambda sends it to the failures queue.</summary>
internal sealed class ReplicaTooLargeException(string message) : Exception(message);
