using System.Globalization;
using System.Text;

namespace Analytics.Local.Runtime;

/// <summary>A function's log file, including the lines that Lambda adds for each invocation.</summary>
internal sealed class FunctionLog : IDisposable
{
    /// <summary>The status of an invocation that timed out.</summary>
    public const string TimedOut = "timeout";

    /// <summary>The status of an invocation whose process ended.</summary>
    public const string Crashed = "error\tError Type: Runtime.ExitError";

    /// <summary>The status of an invocation that exceeded the function's memory.</summary>
    public const string OutOfMemory = "error\tError Type: Runtime.OutOfMemory";

    /// <summary>The status of an invocation whose environment could not be initialized.</summary>
    public const string InitFailed = "error";

    private const int TailBytes = 4 * 1024;
    private readonly Lock _lock = new();
    private readonly StreamWriter _writer;
    private readonly Action<string>? _lineWritten;

    public FunctionLog(string file, Action<string>? lineWritten)
    {
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        _writer = new StreamWriter(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        _lineWritten = lineWritten;
    }

    /// <summary>Writes a line of the function, and adds it to the log tail of its invocation.</summary>
    public void WriteFunctionLine(string line, StringBuilder? tail)
    {
        Write(line, tail);
        _lineWritten?.Invoke(line);
    }

    public void WriteStart(string requestId, StringBuilder tail) => Write($"START RequestId: {requestId} Version: $LATEST", tail);

    public void WriteEnd(
        string requestId, TimeSpan duration, TimeSpan? initDuration, int memorySize, int maxMemoryUsed, string? status, StringBuilder tail)
    {
        var billed = Math.Max(1, Math.Ceiling((duration + (initDuration ?? TimeSpan.Zero)).TotalMilliseconds));
        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"REPORT RequestId: {requestId}\tDuration: {duration.TotalMilliseconds:F2} ms\tBilled Duration: {billed:F0} ms\tMemory Size: {memorySize} MB\tMax Memory Used: {maxMemoryUsed} MB");
        if (initDuration is { } init)
        {
            report += string.Create(CultureInfo.InvariantCulture, $"\tInit Duration: {init.TotalMilliseconds:F2} ms");
        }

        if (status is not null)
        {
            report += $"\tStatus: {status}";
        }

        Write($"END RequestId: {requestId}", tail);
        Write(report, tail);
    }

    public static string GetTail(StringBuilder tail)
    {
        lock (tail)
        {
            return tail.ToString();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writer.Dispose();
        }
    }

    private void Write(string line, StringBuilder? tail)
    {
        lock (_lock)
        {
            if (_writer.BaseStream is { CanWrite: true })
            {
                _writer.WriteLine(line);
            }
        }

        if (tail is null)
        {
            return;
        }

        lock (tail)
        {
            tail.Append(line).Append('\n');
            if (tail.Length > TailBytes)
            {
                tail.Remove(0, tail.Length - TailBytes);
            }
        }
    }
}
