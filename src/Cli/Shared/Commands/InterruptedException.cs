namespace Analytics.Cli.Shared.Commands;

/// <summary>The user's signal ended the command.</summary>
/// <param name="inner">How it came about.</param>
internal sealed class InterruptedException(Exception inner) : Exception("interrupted; what was started is stopped.", inner);
