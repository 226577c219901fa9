using System.Net.Sockets;

namespace Analytics.Cli.Shared.Files;

/// <summary>Says what is wrong when a file or standard output cannot be written or read.</summary>
internal static class DiskError
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>Describes the error for the user; null when it is not one of the disk's.</summary>
    public static string? Describe(Exception exception) => exception switch
    {
        IOException { HResult: NoSpace or QuotaExceeded } e => $"the disk is full: {e.Message} Make room, or name a place on another disk; what was being written was removed.",
        IOException { InnerException: not SocketException } and not HttpIOException or UnauthorizedAccessException =>
            $"a file cannot be read or written: {exception.Message} Check its path and your rights.",
        _ => null,
    };
}
