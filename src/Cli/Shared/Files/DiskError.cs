using System.Net.Sockets;

namespace Analytics.Cli.Shared.Files;

/// <summary>Describes errors of reading or writing a file or standard output.</summary>
internal static class DiskError
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>Describes an error for the user, or returns null if it is not a disk error.</summary>
    public static string? Describe(Exception exception) => exception switch
    {
        IOException { HResult: NoSpace or QuotaExceeded } e => $"the disk is full: {e.Message} Free space, or use another disk. The partly written file was removed.",
        IOException { InnerException: not SocketException } and not HttpIOException or UnauthorizedAccessException =>
            $"a file cannot be read or written: {exception.Message} Check its path and permissions.",
        _ => null,
    };
}
