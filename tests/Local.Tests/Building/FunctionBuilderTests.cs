using System.Runtime.Versioning;
using Analytics.Local.Building;
using Analytics.Local.Template.Model;

namespace Analytics.Local.Tests.Building;

[UnsupportedOSPlatform("windows")]
public sealed class FunctionBuilderTests : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly string _folder = Directory.CreateTempSubdirectory("analytics-build").FullName;
    private readonly List<string> _log = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Output(string kind) => Path.Combine(_folder, "work", "build", kind, "Reader");

    private string Write(string name, string text, bool isExecutable = false)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        if (isExecutable)
        {
            File.SetUnixFileMode(file, Executable);
        }

        return file;
    }

    private async Task<FunctionExecutable> BuildAsync(
        string? buildMethod = null, bool native = false, string runtime = "provided.al2023")
    {
        var function = new FunctionModel(
            "Reader", "demo-Reader", "code", "bootstrap", runtime, 128, TimeSpan.FromSeconds(3), new Dictionary<string, string>(), buildMethod, new("t.yaml", 7));
        var builder = new FunctionBuilder(Path.Combine(_folder, "t.yaml"), Path.Combine(_folder, "work"), native, _log.Add);
        return (await builder.BuildAsync([function], CancellationToken.None))["Reader"];
    }

    private async Task<string> ErrorAsync(Func<Task> build)
    {
        var message = (await Assert.ThrowsAnyAsync<LocalDeploymentException>(build)).Message;
        Assert.DoesNotContain('\n', message);
        return message.Replace(_folder, "<folder>", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "managed", "1")]
    [InlineData(true, "native", "")]
    public async Task FunctionWithAMakefileIsBuiltInASeparateFolder(bool native, string kind, string managed)
    {
        Write("code/Makefile", "build-Reader:\n\t@echo \"$$MANAGED\" >\"$(ARTIFACTS_DIR)/bootstrap\"; chmod +x \"$(ARTIFACTS_DIR)/bootstrap\"\n");

        var executable = await BuildAsync(buildMethod: "makefile", native: native);

        Assert.Equal(Path.Combine(Output(kind), "bootstrap"), executable.Command);
        Assert.Equal(Output(kind), executable.Folder);
        Assert.Equal(native, executable.IsAsDeployed);
        Assert.Equal($"{managed}\n", await File.ReadAllTextAsync(executable.Command));
        Assert.Equal($"building Reader ({(native ? "native" : ".NET")})", Assert.Single(_log));
    }

    [Fact]
    public async Task ABuildThatFailsShowsItsOutput()
    {
        Write("code/Makefile", "build-Reader:\n\t@echo out; echo error >&2; exit 3\n");

        var message = await ErrorAsync(() => BuildAsync(buildMethod: "makefile"));

        Assert.Contains("Reader: make -C <folder>/code build-Reader", message, StringComparison.Ordinal);
        Assert.Contains("out", _log);
        Assert.Contains("error", _log);
    }

    [Fact]
    public async Task ABuildThatMakesNoBootstrapIsAnError()
    {
        Write("code/Makefile", "build-Reader:\n\t@true\n");

        Assert.StartsWith("t.yaml:7: Reader: make build-Reader did not create the executable", await ErrorAsync(() => BuildAsync(buildMethod: "makefile")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrebuiltBootstrapIsUsedUnchanged()
    {
        var bootstrap = Write("code/bootstrap", "#!/bin/sh", isExecutable: true);

        var executable = await BuildAsync();

        Assert.Equal((bootstrap, Path.Combine(_folder, "code")), (executable.Command, executable.Folder));
        Assert.True(executable.IsAsDeployed);
        Assert.Empty(_log);
    }

    [Theory]
    [InlineData("python3.12", null, "t.yaml:7: Reader: the runtime python3.12 cannot run here: use provided.al2023")]
    [InlineData("provided.al2023", "esbuild", "t.yaml:7: Reader: the BuildMethod esbuild is not supported here: use makefile")]
    [InlineData("provided.al2023", null, "t.yaml:7: Reader: <folder>/code has no bootstrap: specify the build with Metadata BuildMethod: makefile")]
    public async Task UnsupportedFunctionIsReportedInOneLine(string runtime, string? buildMethod, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "code"));

        Assert.Equal(expected, await ErrorAsync(() => BuildAsync(buildMethod: buildMethod, runtime: runtime)));
    }

    [Fact]
    public async Task AMissingFolderIsOneLine() => Assert.Equal(
        "t.yaml:7: Reader: there is no folder <folder>/code, its CodeUri: build the function, or correct CodeUri", await ErrorAsync(() => BuildAsync()));

    [Fact]
    public async Task NonExecutableBootstrapIsReportedInOneLine()
    {
        Write("code/bootstrap", "#!/bin/sh");

        Assert.Equal("t.yaml:7: Reader: <folder>/code/bootstrap is not executable: run chmod +x on it", await ErrorAsync(() => BuildAsync()));
    }
}
