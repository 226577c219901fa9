using System.Text.Json;
using Amazon.Lambda.Annotations.SourceGenerator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Analytics.Packages.Tests.Lambda;

public sealed class AnnotationsGeneratorTests
{
    private const string Assembly = """
        [assembly: LambdaGlobalProperties(GenerateMain = true)]
        [assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<TestJsonContext>))]

        """;

    private const string WithServices = Assembly + """
        namespace Shop;

        public interface IGreeting { string Of(string? name); }

        public sealed class Greeting : IGreeting { public string Of(string? name) => "Hello " + name; }

        public sealed class Missing;

        [LambdaStartup]
        public sealed class Startup
        {
            public void ConfigureServices(IServiceCollection services) => services.AddSingleton<IGreeting, Greeting>();
        }

        public sealed class Function(IGreeting greeting, Missing? missing = null, int retries = 3)
        {
            private int _calls;

            [LambdaFunction]
            public async Task<string> HandleAsync(Order order, ILambdaContext context)
            {
                await Task.Yield();
                return $"{greeting.Of(order.OrderId)} {context.AwsRequestId} {++_calls} {missing is null} {retries}";
            }

            [LambdaFunction]
            public string Greet([FromServices] IGreeting other, Order order) => other.Of(order.OrderId);
        }
        """;

    private static string[] Errors(string source, OutputKind kind = OutputKind.ConsoleApplication) =>
        [.. GeneratedCode.Generate(source, kind).Diagnostics.Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(null)}")];

    [Theory]
    [InlineData("Task<StreamsEventResponse> Handle(KinesisEvent kinesisEvent, ILambdaContext context) => null!;")]
    [InlineData("Task<StreamsEventResponse> Handle(KinesisEvent kinesisEvent) => null!;")]
    [InlineData("Task<KinesisTimeWindowResponse> Handle(ILambdaContext context, KinesisTimeWindowEvent window) => null!;")]
    [InlineData("Task<Stream> Handle(Stream input, ILambdaContext context) => null!;")]
    [InlineData("Stream Handle(Stream input) => null!;")]
    [InlineData("Task<string?> Handle(string? input, ILambdaContext context) => null!;")]
    [InlineData("string Handle(string input) => input;")]
    [InlineData("Task<string> Handle(Stream input) => null!;")]
    [InlineData("Task Handle(Order order) => null!;")]
    [InlineData("void Handle(Order order) { }")]
    [InlineData("void Handle() { }")]
    [InlineData("Task Handle(ILambdaContext context) => null!;")]
    [InlineData("async Task Handle(Order @event) => await Task.Yield();")]
    [InlineData("static string Handle(Order order) => \"\";")]
    [InlineData("int Handle(System.Collections.Generic.List<int?> numbers) => 1;")]
    public void ASupportedHandlerCompilesWithoutAWarning(string handler)
    {
        var (compilation, diagnostics) = GeneratedCode.Generate(
            Assembly + "namespace Shop { public class Function { [LambdaFunction] public " + handler + " } }");

        Assert.Empty(diagnostics);
        Assert.Equal("", GeneratedCode.Complaints(compilation));
        Assert.Equal("Shop.GeneratedProgram", compilation.GetEntryPoint(default)!.ContainingType.ToDisplayString());
    }

    [Fact]
    public void AFunctionWithServicesCompilesWithoutAWarning()
    {
        var (compilation, diagnostics) = GeneratedCode.Generate(WithServices);

        Assert.Empty(diagnostics);
        Assert.Equal("", GeneratedCode.Complaints(compilation));
    }

    [Fact]
    public void TheHandlersClassHasItsPublishedName() =>
        Assert.NotNull(GeneratedCode.Generate(WithServices).Compilation.GetTypeByMetadataName("Shop.Function_HandleAsync_Generated"));

    [Fact]
    public void FunctionsOutsideOfANamespaceAndNestedOnesCompile()
    {
        var (compilation, diagnostics) = GeneratedCode.Generate(
            Assembly + "internal class Outer { internal class Function { [LambdaFunction] internal void Handle() { } } }");

        Assert.Empty(diagnostics);
        Assert.Equal("", GeneratedCode.Complaints(compilation));
    }

    [Fact]
    public void WithoutGenerateMainThereIsNoProgram()
    {
        var (compilation, diagnostics) = GeneratedCode.Generate(
            "public class Function { [LambdaFunction] public string Handle(Order order) => \"\"; }", OutputKind.DynamicallyLinkedLibrary);

        Assert.Empty(diagnostics);
        Assert.Equal("", GeneratedCode.Complaints(compilation));
        Assert.Null(compilation.GetTypeByMetadataName("GeneratedProgram"));
        Assert.NotNull(compilation.GetTypeByMetadataName("Function_Handle_Generated"));
    }

    [Fact]
    public void MethodSerializerOverridesTheAssemblySerializer()
    {
        var (compilation, diagnostics) = GeneratedCode.Generate(
            "[assembly: LambdaGlobalProperties(GenerateMain = true)] public class Function { "
            + "[LambdaFunction, LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<TestJsonContext>))] public string Handle(Order order) => \"\"; }");

        Assert.Empty(diagnostics);
        Assert.Equal("", GeneratedCode.Complaints(compilation));
    }

    [Theory]
    [InlineData("public void Handle<T>(T value) { }", "LAF0001: 'Handle' cannot be a Lambda handler: it is generic")]
    [InlineData("private void Handle() { }", "LAF0001: 'Handle' cannot be a Lambda handler: it and the types around it have to be public or internal, and not generic")]
    [InlineData("public async void Handle() => await Task.Yield();", "LAF0001: 'Handle' cannot be a Lambda handler: it is 'async void', whose end and exceptions cannot be seen; return Task")]
    [InlineData("public void Handle(Order a, Order b) { }", "LAF0002: 'Handle' cannot be a Lambda handler: it takes more than one event; take the event, ILambdaContext, and services by [FromServices]")]
    [InlineData("public void Handle(ref Order a) { }", "LAF0002: 'Handle' cannot be a Lambda handler: its parameter 'a' is passed by reference")]
    [InlineData("public void Handle(ReadOnlySpan<byte> a) { }", "LAF0002: 'Handle' cannot be a Lambda handler: its parameter 'a' cannot outlive the call")]
    [InlineData("public ValueTask<int> Handle() => default;", "LAF0003: 'Handle' cannot be a Lambda handler: it returns 'System.Threading.Tasks.ValueTask<int>'; return void, Task, Task<T> or a value")]
    [InlineData("public System.Collections.Generic.IAsyncEnumerable<int> Handle() => null!;", "LAF0003: 'Handle' cannot be a Lambda handler: it returns 'System.Collections.Generic.IAsyncEnumerable<int>'; return void, Task, Task<T> or a value")]
    public void UnsupportedHandlerIsReported(string handler, string error) =>
        Assert.Equal([error], Errors(Assembly + "public class Function { [LambdaFunction] " + handler + " }"));

    [Theory]
    [InlineData(
        "[LambdaStartup] public class A { public void ConfigureServices(IServiceCollection s) { } } [LambdaStartup] public class B { public void ConfigureServices(IServiceCollection s) { } }",
        "LAF0006: 'global::A' and 'global::B' are both marked [LambdaStartup]: there can be one")]
    [InlineData("[LambdaStartup] public class A { }", "LAF0007: 'A' cannot be the startup class: it needs a method 'public void ConfigureServices(IServiceCollection services)'")]
    [InlineData("[LambdaStartup] public class A(int x) { public void ConfigureServices(IServiceCollection s) { } public int X => x; }", "LAF0007: 'A' cannot be the startup class: it needs a public or internal constructor without parameters")]
    [InlineData("[LambdaStartup] public class A<T> { public void ConfigureServices(IServiceCollection s) { } }", "LAF0007: 'A' cannot be the startup class: it and the types around it have to be public or internal, and not generic")]
    [InlineData("public class G { [LambdaFunction] public void Handle() { } }", "LAF0005: There is more than one handler 'Handle': ANNOTATIONS_HANDLER could not tell them apart; rename one")]
    [InlineData("public class G(Order order) { [LambdaFunction] public string Name() => order.OrderId!; }", "LAF0008: 'G' cannot be made: it takes services, and no class marked [LambdaStartup] registers any")]
    [InlineData("public abstract class G { [LambdaFunction] public void Name() { } }", "LAF0008: 'G' cannot be made: it has to be a class, not abstract, with a public constructor")]
    [InlineData("public class G(int size) { [LambdaFunction] public int Size() => size; }", "LAF0008: 'G' cannot be made: its constructor's parameter 'size' is not a service, which is a class or an interface")]
    public void InvalidCombinationIsReported(string more, string error) =>
        Assert.Equal([error], Errors(Assembly + "public class Function { [LambdaFunction] public void Handle() { } } " + more));

    [Fact]
    public void MissingSerializerIsReported() => Assert.Equal(
        ["LAF0004: 'Handle' takes or returns JSON: name a serializer with [assembly: LambdaSerializer(typeof(...))]"],
        Errors("[assembly: LambdaGlobalProperties(GenerateMain = true)] public class Function { [LambdaFunction] public void Handle(Order order) { } }"));

    [Fact]
    public void ProgramInALibraryIsReported() => Assert.Equal(
        ["LAF0009: GenerateMain is set, but the project is not executable: set OutputType to Exe"],
        Errors(Assembly + "public class Function { [LambdaFunction] public void Handle() { } }", OutputKind.DynamicallyLinkedLibrary));

    [Fact]
    public void AnErrorIsAtTheHandler()
    {
        var (_, diagnostics) = GeneratedCode.Generate(Assembly + "public class Function {\n[LambdaFunction] private void Handle() { } }");

        var place = Assert.Single(diagnostics).Location.GetLineSpan();

        Assert.Equal(("Function.cs", 3), (place.Path, place.StartLinePosition.Line));
    }

    [Fact]
    public void UnrelatedEditDoesNotRegenerate()
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new AnnotationsGenerator().AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        var compilation = GeneratedCode.Compile(WithServices);
        driver = driver.RunGenerators(compilation);

        driver = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            "class Elsewhere { }", (CSharpParseOptions)compilation.SyntaxTrees[0].Options)));

        var outputs = driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs);
        Assert.All(outputs, output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public async Task ProgramRunsTheConfiguredHandler()
    {
        await using var api = new FakeRuntimeApi();
        api.Invoke("1", """{"OrderId":"a"}""");
        api.Invoke("2", """{"OrderId":"b"}""");
        api.AnswerNextWith(410);

        var (exitCode, error) = await GeneratedCode.RunAsync(GeneratedCode.Generate(WithServices).Compilation, "HandleAsync", api.Address);

        Assert.Equal("\"Hello a 1 1 True 3\"", (await api.PostAsync()).Body);
        Assert.Equal("\"Hello b 2 2 True 3\"", (await api.PostAsync()).Body);
        Assert.Equal(1, exitCode);
        Assert.Equal("The next invocation was refused: the Runtime API answered 410, the sandbox is being shut down.", error.Trim());
    }

    [Fact]
    public async Task ServicesOfTheInvocationAreFilledIn()
    {
        await using var api = new FakeRuntimeApi();
        api.Invoke("1", """{"OrderId":"a"}""");
        api.AnswerNextWith(410);

        await GeneratedCode.RunAsync(GeneratedCode.Generate(WithServices).Compilation, "Greet", api.Address);

        Assert.Equal("\"Hello a\"", (await api.PostAsync()).Body);
    }

    [Theory]
    [InlineData(null, "ANNOTATIONS_HANDLER is not set: set it to one of: HandleAsync, Greet.")]
    [InlineData("Nope", "ANNOTATIONS_HANDLER is 'Nope', which is no handler: set it to one of: HandleAsync, Greet.")]
    public async Task AHandlerThatDoesNotExistIsOneLine(string? handler, string line)
    {
        await using var api = new FakeRuntimeApi();

        var (exitCode, error) = await GeneratedCode.RunAsync(GeneratedCode.Generate(WithServices).Compilation, handler, api.Address);

        Assert.Equal((1, line), (exitCode, error.Trim()));
    }

    [Fact]
    public async Task AnExceptionOfStartUpIsReported()
    {
        await using var api = new FakeRuntimeApi();
        var source = WithServices.Replace("services.AddSingleton<IGreeting, Greeting>()", "throw new InvalidOperationException(\"No table is named.\")", StringComparison.Ordinal);

        var (exitCode, error) = await GeneratedCode.RunAsync(GeneratedCode.Generate(source).Compilation, "HandleAsync", api.Address);

        var post = await api.PostAsync();
        Assert.Equal("/2018-06-01/runtime/init/error", post.Path);
        Assert.Equal("No table is named.", JsonDocument.Parse(post.Body).RootElement.GetProperty("errorMessage").GetString());
        Assert.Equal(1, exitCode);
        Assert.Equal("No table is named.", error.Trim().Split('\n')[^1]);
    }

    [Fact]
    public async Task UnregisteredServiceIsAStartupException()
    {
        await using var api = new FakeRuntimeApi();
        var source = WithServices.Replace("services.AddSingleton<IGreeting, Greeting>()", "services.GetHashCode()", StringComparison.Ordinal);

        var (exitCode, _) = await GeneratedCode.RunAsync(GeneratedCode.Generate(source).Compilation, "HandleAsync", api.Address);

        Assert.Equal("/2018-06-01/runtime/init/error", (await api.PostAsync()).Path);
        Assert.Equal(1, exitCode);
    }
}
