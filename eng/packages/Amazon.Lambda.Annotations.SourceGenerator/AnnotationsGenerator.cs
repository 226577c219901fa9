using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// Writes, for each method marked [LambdaFunction], the class that creates its function and calls it, and with GenerateMain the
/// program that runs the handler named by <c>ANNOTATIONS_HANDLER</c>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class AnnotationsGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var functions = context.SyntaxProvider.ForAttributeWithMetadataName(
            SymbolReader.LambdaFunctionAttribute,
            static (node, _) => node is MethodDeclarationSyntax,
            static (attributed, cancellationToken) => SymbolReader.ReadFunction((IMethodSymbol)attributed.TargetSymbol, cancellationToken)).Collect();
        var startups = context.SyntaxProvider.ForAttributeWithMetadataName(
            SymbolReader.LambdaStartupAttribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (attributed, _) => SymbolReader.ReadStartup((INamedTypeSymbol)attributed.TargetSymbol)).Collect();
        var project = context.CompilationProvider.Select(SymbolReader.ReadProject);
        context.RegisterSourceOutput(
            functions.Combine(startups).Combine(project),
            static (output, models) => Generate(output, models.Left.Left, models.Left.Right, models.Right));
    }

    private static void Generate(
        SourceProductionContext output, ImmutableArray<HandlerModel> functions, ImmutableArray<StartupModel> startups, ProjectModel project)
    {
        if (functions.IsEmpty && !project.GenerateMain)
        {
            return;
        }

        var problems = Check(functions, startups, project);
        foreach (var problem in problems)
        {
            output.ReportDiagnostic(problem.ToDiagnostic());
        }

        if (problems.IsEmpty)
        {
            foreach (var function in functions)
            {
                Add(output, $"{function.GeneratedClassName}.g.cs", SourceWriter.WriteFunction(function, startups.FirstOrDefault()));
            }

            if (project.GenerateMain)
            {
                Add(output, "Program.g.cs", SourceWriter.WriteProgram(functions, project));
            }
        }
    }

    private static ImmutableArray<Problem> Check(
        ImmutableArray<HandlerModel> functions, ImmutableArray<StartupModel> startups, ProjectModel project)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        problems.AddRange(functions.SelectMany(function => function.Problems));
        problems.AddRange(startups.SelectMany(startup => startup.Problems));
        if (startups.Length > 1)
        {
            problems.Add(new Problem(Descriptors.SeveralStartups, startups[1].Place, new([startups[0].FullName, startups[1].FullName])));
        }

        foreach (var same in functions.GroupBy(function => function.MethodName).Where(group => group.Count() > 1))
        {
            problems.Add(new Problem(Descriptors.SameName, same.Last().Place, new([same.Key])));
        }

        foreach (var function in functions)
        {
            if (function.NeedsSerializer && project.GenerateMain && (function.Serializer ?? project.Serializer) is null)
            {
                problems.Add(new Problem(Descriptors.NoSerializer, function.Place, new([function.MethodName])));
            }

            if (function.NeedsServices && startups.IsEmpty)
            {
                problems.Add(new Problem(
                    Descriptors.FunctionClass,
                    function.Place,
                    new([function.ClassName, "it takes services, and no class marked [LambdaStartup] registers any"])));
            }
        }

        if (project.GenerateMain && !project.IsExecutable)
        {
            problems.Add(new Problem(Descriptors.NotExecutable, Place.None, new([])));
        }

        return problems.ToImmutable();
    }

    private static void Add(SourceProductionContext output, string name, string source) =>
        output.AddSource(name, SourceText.From(source, Encoding.UTF8));
}
