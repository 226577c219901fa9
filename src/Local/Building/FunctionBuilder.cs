using System.IO.Compression;
using System.Runtime.InteropServices;
using Analytics.Local.Processes;
using Analytics.Local.Template.Model;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Building;

/// <summary>Makes a function's executable, or finds it. Builds run one after the other: they share their projects' folders.</summary>
/// <param name="templateFile">The template: CodeUri is relative to it.</param>
/// <param name="workFolder">Takes <c>build/managed|native/LogicalId</c>.</param>
/// <param name="native">The native executable that is deployed, instead of the .NET build of it.</param>
/// <param name="log">Takes a line a build, and a failed build's output.</param>
internal sealed class FunctionBuilder(string templateFile, string workFolder, bool native, Action<string> log)
{
    private const string Bootstrap = "bootstrap";
    private static readonly Dictionary<string, string> NoVariables = [];

    /// <summary>Builds the functions in the order given.</summary>
    /// <exception cref="LocalDeploymentException">A function cannot run here, or its build fails.</exception>
    public async Task<IReadOnlyDictionary<string, FunctionExecutable>> BuildAsync(
        IEnumerable<FunctionModel> functions, CancellationToken cancellationToken)
    {
        var executables = new Dictionary<string, FunctionExecutable>(StringComparer.Ordinal);
        foreach (var function in functions)
        {
            executables[function.LogicalId] = await BuildAsync(function, cancellationToken);
        }

        return executables;
    }

    private async Task<FunctionExecutable> BuildAsync(FunctionModel function, CancellationToken cancellationToken)
    {
        if (!function.Runtime.StartsWith("provided.", StringComparison.Ordinal)
            && !function.Runtime.StartsWith("dotnet", StringComparison.Ordinal))
        {
            throw Error(function, $"the runtime {function.Runtime} cannot run here: use provided.al2023 or dotnet10");
        }

        var source = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(templateFile))!, function.CodeUri));
        var output = Path.GetFullPath(Path.Combine(workFolder, "build", native ? "native" : "managed", function.LogicalId));
        switch (function.BuildMethod)
        {
            case null:
            case var dotnet when dotnet.StartsWith("dotnet", StringComparison.Ordinal):
                return await FromCodeAsync(function, source, output, cancellationToken);
            case "makefile":
                await MakeAsync(function, source, output, cancellationToken);
                return Built(function, output)
                    ?? throw Error(function, $"make build-{function.LogicalId} made no executable bootstrap in {output}");
            case var method:
                throw Error(function, $"the BuildMethod {method} is not supported here: use makefile");
        }
    }

    private async Task<FunctionExecutable> FromCodeAsync(
        FunctionModel function, string source, string output, CancellationToken cancellationToken)
    {
        if (File.Exists(source))
        {
            Extract(function, source, output);
            return Find(function, output) ?? throw Error(function, $"{source} holds neither bootstrap nor {function.Handler}.dll");
        }

        if (!Directory.Exists(source))
        {
            throw Error(function, $"there is no {source}, its CodeUri: build the function, or correct CodeUri");
        }

        if (Find(function, source) is { } prebuilt)
        {
            return prebuilt;
        }

        if (Directory.GetFiles(source, "*.csproj") is not [var project])
        {
            throw Error(function, $"{source} holds no bootstrap, no {function.Handler}.dll and not one csproj: say how it is built by Metadata BuildMethod: makefile");
        }

        await PublishAsync(function, project, output, cancellationToken);
        return Built(function, output) ?? throw Error(function, $"{project} gives neither bootstrap nor {function.Handler}.dll");
    }

    private async Task MakeAsync(FunctionModel function, string source, string output, CancellationToken cancellationToken)
    {
        log($"building {function.LogicalId} ({(native ? "native" : ".NET")})");
        Directory.CreateDirectory(output);
        await BuildTool.RunAsync(
            function.LogicalId,
            "make",
            ["-C", source, $"build-{function.LogicalId}", $"ARTIFACTS_DIR={output}"],
            native ? NoVariables : new Dictionary<string, string> { ["MANAGED"] = "1" },
            log,
            cancellationToken);
    }

    private async Task PublishAsync(FunctionModel function, string project, string output, CancellationToken cancellationToken)
    {
        log($"building {function.LogicalId} ({(native ? "native" : ".NET")})");
        var frameworks = await BuildTool.RunAsync(
            function.LogicalId, "dotnet", ["msbuild", project, "-getProperty:TargetFrameworks"], NoVariables, log, cancellationToken);
        List<string> arguments = ["publish", project, "-c", "Release", "-o", output, "--nologo", "-v", "quiet"];
        if (frameworks.Trim().Split(';', StringSplitOptions.RemoveEmptyEntries) is [_, ..] all)
        {
            var own = $"net{Environment.Version.Major}.0";
            arguments.AddRange(["-f", all.Contains(own) ? own : all[0]]);
        }

        arguments.AddRange(native
            ? ["-r", $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}"]
            : ["-p:PublishAot=false"]);
        await BuildTool.RunAsync(function.LogicalId, "dotnet", arguments, NoVariables, log, cancellationToken);
    }

    private static void Extract(FunctionModel function, string zip, string output)
    {
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        try
        {
            ZipFile.ExtractToDirectory(zip, output);
        }
        catch (InvalidDataException e)
        {
            throw Error(function, $"{zip}, its CodeUri, is neither a folder nor a zip: {e.Message}");
        }
    }

    private FunctionExecutable? Built(FunctionModel function, string folder) =>
        Find(function, folder) is { } executable ? executable with { IsAsDeployed = native } : null;

    private static FunctionExecutable? Find(FunctionModel function, string folder)
    {
        var bootstrap = Path.Combine(folder, Bootstrap);
        if (File.Exists(bootstrap))
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(bootstrap) & UnixFileMode.UserExecute) == 0
                ? throw Error(function, $"{bootstrap} is not executable: run chmod +x on it")
                : new FunctionExecutable(bootstrap, [], folder);
        }

        // Assembly::Type::Method would need a host that loads the assembly; an assembly alone runs by itself.
        var assembly = Path.Combine(folder, $"{function.Handler}.dll");
        return function.Handler.Contains(':', StringComparison.Ordinal)
            ? throw Error(function, $"the handler {function.Handler} is a method: only an executable assembly or bootstrap can run here")
            : File.Exists(assembly) ? new FunctionExecutable("dotnet", [assembly], folder) : null;
    }

    private static TemplateException Error(FunctionModel function, string what) =>
        new($"{function.Declaration}: {function.LogicalId}: {what}");
}
