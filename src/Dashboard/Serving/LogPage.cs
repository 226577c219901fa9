using System.Text;

namespace Analytics.Dashboard.Serving;

/// <summary>A part of a function's log.</summary>
/// <param name="Next">The start of the next part, in bytes.</param>
/// <param name="Text">Whole lines.</param>
internal sealed record LogPage(long Next, string Text)
{
    /// <summary>The size of a part in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Reads a log from a position on, or its end if the position is not given or too far back for one part.</summary>
    /// <param name="file">The log.</param>
    /// <param name="after">The position in bytes.</param>
    public static LogPage Read(string file, long? after)
    {
        using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var start = Math.Max(0, log.Length - MaxBytes);
        var isCut = after is not { } given || given < start || given > log.Length;
        start = isCut ? start : after!.Value;
        log.Position = start;
        var bytes = new byte[log.Length - start];
        var length = log.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var end = bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        var begin = isCut && start > 0 ? bytes.AsSpan(0, end).IndexOf((byte)'\n') + 1 : 0;
        return new LogPage(start + end, Encoding.UTF8.GetString(bytes, begin, end - begin));
    }
}
