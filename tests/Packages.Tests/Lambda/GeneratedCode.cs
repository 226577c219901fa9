using System.Collections.Immutable;
using System.Diagnostics;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.SourceGenerator;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;

namespace Analytics.Packages.Tests.Lambda;

/// <summary>Runs the source generator over a project's source and compiles the result.</summary>
internal static class GeneratedCode
{
    private const string Usings = """
        global using System;
        global using System.IO;
        global using System.Threading.Tasks;
        global using Amazon.Lambda.Annotations;
        global using Amazon.Lambda.Core;
        global using Amazon.Lambda.KinesisEvents;
        global using Amazon.Lambda.Serialization.SystemTextJson;
        global using Analytics.Packages.Tests.Lambda;
        global using Microsoft.Extensions.DependencyInjection;
        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private static readonly Type[] Referenced =
    [
        typeof(LambdaFunctionAttribute),
        typeof(ILambdaContext),
        typeof(KinesisEvent),
        typeof(Amazon.Kinesis.Model.Record),
        typeof(LambdaBootstrap),
        typeof(SourceGeneratorLambdaJsonSerializer<>),
        typeof(ServiceProvider),
        typeof(IServiceCollection),
        typeof(TestJsonContext),
    ];

    /// <summary>The compilation with the generated sources, and the generator's diagnostics.</summary>
    public static (Compilation Compilation, ImmutableArray<Diagnostic> Diagnostics) Generate(
        string source, OutputKind kind = OutputKind.ConsoleApplication)
    {
        var driver = CSharpGeneratorDriver.Create([new AnnotationsGenerator().AsSourceGenerator()], parseOptions: Parsing);
        driver.RunGeneratorsAndUpdateCompilation(Compile(source, kind), out var compilation, out var diagnostics);
        return (compilation, diagnostics);
    }

    public static CSharpCompilation Compile(string source, OutputKind kind = OutputKind.ConsoleApplication)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll")
            .Concat(Referenced.Select(type => type.Assembly.Location))
            .Distinct();
        return CSharpCompilation.Create(
            "Generated",
            [CSharpSyntaxTree.ParseText(Usings, Parsing, "Usings.cs"), CSharpSyntaxTree.ParseText(source, Parsing, "Function.cs")],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                kind,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)]));
    }

    /// <summary>All compiler diagnostics of the generated program, including warnings.</summary>
    public static string Complaints(Compilation compilation) => string.Join(
        Environment.NewLine,
        compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));

    /// <summary>Runs the generated program in its own process.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(Compilation compilation, string? handler, string runtimeApi)
    {
        var folder = Directory.CreateTempSubdirectory("generated-");
        try
        {
            var path = Path.Combine(folder.FullName, "Generated.dll");
            Assert.Equal("", Complaints(compilation));
            Assert.True(compilation.Emit(path).Success);
            foreach (var library in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll"))
            {
                File.Copy(library, Path.Combine(folder.FullName, Path.GetFileName(library)));
            }

            File.Copy(
                Path.Combine(AppContext.BaseDirectory, "Analytics.Packages.Tests.runtimeconfig.json"),
                Path.Combine(folder.FullName, "Generated.runtimeconfig.json"));
            var start = new ProcessStartInfo(Environment.ProcessPath!, [path]) { RedirectStandardError = true };
            start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
            start.Environment.Remove("ANNOTATIONS_HANDLER");
            if (handler is not null)
            {
                start.Environment["ANNOTATIONS_HANDLER"] = handler;
            }

            using var process = Process.Start(start)!;
            try
            {
                var error = await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
                await process.WaitForExitAsync();
                return (process.ExitCode, error);
            }
            finally
            {
                process.Kill();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
