using System.Diagnostics;

namespace Analytics.EndToEnd.Tests;

/// <summary>The build scripts with a fake <c>dotnet</c>, which leaves a compiler server running.</summary>
public sealed class BuildScriptTests : IDisposable
{
    private const string Executable = "src/Function/bin/Release/net10.0/bootstrap";
    private const string Source = "src/Function/Function.cs";
    private const string Intermediate = ".analytics/native/obj/intermediate";
    private const string Servers = "servers";
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
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
            _folder.File(Source, $"// {build}");
            await RunAsync($"eng/{script}", arguments.Split(' '));
        }

        Assert.Equal(2, CountBuilds());
    }

    [Fact]
    public async Task ANativeExecutableIsBuiltAgainOnlyAfterAChange()
    {
        WriteProject("build-native.sh");
        _folder.File(Source, "// first");
        await PublishAsync("output");
        await PublishAsync("output");
        Assert.Equal(1, CountBuilds());

        _folder.File(Source, "// second");
        await PublishAsync("output");
        Assert.Equal(2, CountBuilds());

        File.SetLastWriteTimeUtc(_folder.Combine("output/bootstrap"), DateTime.UtcNow.AddMinutes(1));
        await PublishAsync("output");
        Assert.Equal(3, CountBuilds());

        await PublishAsync("other");
        await PublishAsync("output");
        Assert.Equal(5, CountBuilds());
    }

    [Fact]
    public async Task AChangeThatIsOlderThanTheNativeExecutableIsCompiled()
    {
        WriteProject("build-native.sh");
        _folder.File(Source, "// first");
        await PublishAsync("output");
        Write(Intermediate, "");
        _folder.File(Source, "// second");
        File.SetLastWriteTimeUtc(_folder.Combine(Source), LongAgo);

        await PublishAsync("output");

        Assert.Equal(2, CountBuilds());
        Assert.False(File.Exists(_folder.Combine(Intermediate)));
    }

    private int CountBuilds() => File.ReadAllLines(_folder.Combine(Servers)).Length;

    private Task PublishAsync(string output) => RunAsync("eng/build-native.sh", ["Function", output]);

    /// <summary>A project, the script, and a fake <c>dotnet</c> that leaves a background process with its inherited handles.</summary>
    private void WriteProject(string script)
    {
        foreach (var name in (string[])[script, "dotnet.sh", "stamps.sh"])
        {
            Write($"eng/{name}", File.ReadAllText(Path.Combine(Repository.Root, "eng", name)));
        }

        Write("eng/native-tools.sh", "#!/bin/sh\n");
        Write("eng/check-glibc.sh", "#!/bin/sh\n");
        Write("eng/native-framework.sh", "#!/bin/sh\necho net10.0\n");
        Write("eng/native-runtime.sh", "#!/bin/sh\necho linux-x64\n");
        Write("bin/dotnet", $"""
            #!/bin/sh
            sleep 600 >/dev/null 2>&1 &
            echo $! >> {Servers}
            while [ $# -gt 0 ]; do
              [ "$1" != -o ] || install -D /dev/null "$2/bootstrap"
              shift
            done
            """);
        string[] files =
        [
            "global.json", "definitions.json", ".editorconfig", "Directory.Build.props", "Directory.Build.targets", "eng/packages/none",
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
