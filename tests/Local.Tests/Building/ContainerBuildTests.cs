using System.Diagnostics;
using System.Runtime.Versioning;

namespace Analytics.Local.Tests.Building;

/// <summary>eng/build-native.sh with BUILD_CONTAINER, whose program is replaced by one that records its arguments.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ContainerBuildTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("analytics-container").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheFunctionIsBuiltInAContainerOfTheContainerfile()
    {
        var output = Path.Combine(_folder, "out");

        Assert.Equal(0, await BuildAsync("""[ "$1" != build ] || echo image-1""", output));

        var calls = await File.ReadAllLinesAsync(Path.Combine(_folder, "calls"));
        Assert.Equal(2, calls.Length);
        Assert.Matches("^build --quiet --build-arg DOTNET_VERSION=[0-9.]+ --file eng/container/Containerfile eng/container$", calls[0]);
        Assert.StartsWith("run --rm ", calls[1], StringComparison.Ordinal);
        Assert.Contains($"--volume {Repository.Root.TrimEnd('/')}:", calls[1], StringComparison.Ordinal);
        Assert.EndsWith($" image-1 eng/build-native.sh Archive {output}", calls[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AContainerThatCannotBeBuiltEndsTheBuild()
    {
        Assert.Equal(7, await BuildAsync("exit 7", Path.Combine(_folder, "out")));
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder, "calls")));
    }

    private async Task<int> BuildAsync(string script, string output)
    {
        var program = Path.Combine(_folder, "container");
        await File.WriteAllTextAsync(program, $"#!/usr/bin/env bash\necho \"$*\" >> {_folder}/calls\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "eng", "build-native.sh"), ["Archive", output]) { WorkingDirectory = Repository.Root };
        start.Environment["BUILD_CONTAINER"] = program;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
