namespace Analytics.Replicator;

/// <summary>A record cannot be copied for its size. Lambda gives up on it after its retries, and it is in the failures queue.</summary>
internal sealed class ReplicaTooLargeException(string message) : Exception(message);
