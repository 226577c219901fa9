namespace Analytics.Cli.Shared.Commands;

/// <summary>The exception thrown when the user interrupts a command.</summary>
/// <param name="inner">The cause.</param>
internal sealed class InterruptedException(Exception inner) : Exception("interrupted; everything that was started has been stopped.", inner);
