using System.Diagnostics;

namespace Analytics.EndToEnd.Tests;

/// <summary>The build scripts run one build at a time; a compiler server left by a build must not block the next one.</summary>
public sealed class BuildLockTests : IDisposable
{
    private const string Executable = "src/Function/bin/Release/net10.0/bootstrap";
    private const string Servers = "servers";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        foreach (var server in File.Exists(_folder.Combine(Servers)) ? File.ReadAllLines(_folder.Combine(Servers)) : [])
        {
            using var process = Process.GetProcessById(int.Parse(server, System.Globalization.CultureInfo.InvariantCulture));
            process.Kill();
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData("build-local.sh", "Function")]
    [InlineData("build-native.sh", "Function output")]
    public async Task ABuildDoesNotWaitForTheCompilerServerOfAnEarlierOne(string script, string arguments)
    {
        WriteProject(script);

        for (var build = 1; build <= 2; build++)
        {
            _folder.File("src/Function/Function.cs", $"// {build}");
            await RunAsync($"eng/{script}", arguments.Split(' '));
        }

        Assert.Equal(2, File.ReadAllLines(_folder.Combine(Servers)).Length);
    }

    /// <summary>A project, the script, and a fake <c>dotnet</c> that leaves a background process with its inherited handles.</summary>
    private void WriteProject(string script)
    {
        foreach (var name in (string[])[script, "dotnet.sh"])
        {
            Write($"eng/{name}", File.ReadAllText(Path.Combine(Repository.Root, "eng", name)));
        }

        Write("eng/native-tools.sh", "#!/bin/sh\n");
        Write("eng/check-glibc.sh", "#!/bin/sh\n");
        Write("eng/native-framework.sh", "#!/bin/sh\necho net10.0\n");
        Write("eng/native-runtime.sh", "#!/bin/sh\necho linux-x64\n");
        Write("bin/dotnet", $"#!/bin/sh\nsleep 600 >/dev/null 2>&1 &\necho $! >> {Servers}\n");
        string[] files =
        [
            "global.json", "definitions.json", ".editorconfig", "Directory.Build.props", "Directory.Build.targets", "packages/none",
            "src/Function/Function.csproj", Executable,
        ];
        foreach (var name in files)
        {
            Write(name, "");
        }

        foreach (var program in Directory.EnumerateFiles(_folder.Combine("eng")).Concat([_folder.Combine("bin/dotnet"), _folder.Combine(Executable)]))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Combine(path))!);
        _folder.File(path, text);
    }

    private async Task RunAsync(string script, string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [script, .. arguments]) { WorkingDirectory = _folder.Path, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.Combine("bin")}:{start.Environment["PATH"]}";
        start.Environment.Remove("UseSharedCompilation");
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, await error);
    }
}
