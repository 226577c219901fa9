using System.Diagnostics;
using System.Globalization;

namespace Analytics.Cli.Tests.Shared.Files;

/// <summary>A small disk that a test can fill. Mounting it needs privileges.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes a disk.</summary>
    /// <param name="kilobytes">Its size.</param>
    /// <exception cref="InvalidOperationException">It cannot be mounted.</exception>
    public SmallDisk(int kilobytes)
    {
        Path = Directory.CreateDirectory(_folder.Combine("disk")).FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={kilobytes}k"), "tmpfs", Path))
        {
            _folder.Dispose();
            throw new InvalidOperationException("a small disk cannot be mounted");
        }
    }

    public string Path { get; }

    public void Dispose()
    {
        Run("umount", Path);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that fills a small disk; skipped with a reason where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(() =>
    {
        try
        {
            using var disk = new SmallDisk(4);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    public SmallDiskFactAttribute()
    {
        if (!CanMount.Value)
        {
            Skip = "a small disk cannot be mounted here: run it as root on Linux";
        }
    }
}
