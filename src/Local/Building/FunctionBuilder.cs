using Analytics.Local.Processes;
using Analytics.Local.Template.Model;
using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Building;

/// <summary>Builds or finds a function's executable. Builds run sequentially because they share project folders.</summary>
/// <param name="templateFile">The template, to which CodeUri is relative.</param>
/// <param name="workFolder">The parent folder of <c>build/managed|native/LogicalId</c>.</param>
/// <param name="native">Whether to build the native executable that is deployed, instead of the .NET build.</param>
/// <param name="log">Receives a line per build, and the output of a failed build.</param>
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
        if (!function.Runtime.StartsWith("provided.", StringComparison.Ordinal))
        {
            throw Error(function, $"the runtime {function.Runtime} cannot run here: use provided.al2023");
        }

        var source = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(templateFile))!, function.CodeUri));
        if (!Directory.Exists(source))
        {
            throw Error(function, $"there is no folder {source}, its CodeUri: build the function, or correct CodeUri");
        }

        switch (function.BuildMethod)
        {
            case null:
                return Find(function, source, isAsDeployed: true)
                    ?? throw Error(function, $"{source} has no bootstrap: specify the build with Metadata BuildMethod: makefile");
            case "makefile":
                var output = Path.GetFullPath(Path.Combine(workFolder, "build", native ? "native" : "managed", function.LogicalId));
                await MakeAsync(function, source, output, cancellationToken);
                return Find(function, output, isAsDeployed: native)
                    ?? throw Error(function, $"make build-{function.LogicalId} did not create the executable bootstrap in {output}");
            case var method:
                throw Error(function, $"the BuildMethod {method} is not supported here: use makefile");
        }
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

    private static FunctionExecutable? Find(FunctionModel function, string folder, bool isAsDeployed)
    {
        var bootstrap = Path.Combine(folder, Bootstrap);
        if (!File.Exists(bootstrap))
        {
            return null;
        }

        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(bootstrap) & UnixFileMode.UserExecute) == 0
            ? throw Error(function, $"{bootstrap} is not executable: run chmod +x on it")
            : new FunctionExecutable(bootstrap, folder, isAsDeployed);
    }

    private static TemplateException Error(FunctionModel function, string what) =>
        new($"{function.Declaration}: {function.LogicalId}: {what}");
}
