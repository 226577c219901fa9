using System.Diagnostics;
using System.Globalization;

namespace Analytics.Cli.Tests.Files;

/// <summary>A disk of its own that a test can fill. Mounting one needs rights that not everyone has.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly bool _isMounted;

    public SmallDisk(int kilobytes)
    {
        Path = Directory.CreateDirectory(_folder.Combine("disk")).FullName;
        _isMounted = Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={kilobytes}k"), "tmpfs", Path);
    }

    public string Path { get; }

    /// <summary>Whether it is there; says so in the test's output when not.</summary>
    public bool IsThere(Xunit.Abstractions.ITestOutputHelper output)
    {
        if (!_isMounted)
        {
            output.WriteLine("Not checked: a small disk to fill could not be mounted here. Run it as root on Linux.");
        }

        return _isMounted;
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", Path);
        }

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
