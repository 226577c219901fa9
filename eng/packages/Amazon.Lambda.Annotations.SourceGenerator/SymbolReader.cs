using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Reads the models from the compiler's symbols.</summary>
internal static class SymbolReader
{
    public const string LambdaFunctionAttribute = "Amazon.Lambda.Annotations.LambdaFunctionAttribute";
    public const string LambdaStartupAttribute = "Amazon.Lambda.Annotations.LambdaStartupAttribute";

    private const string LambdaGlobalPropertiesAttribute = "Amazon.Lambda.Annotations.LambdaGlobalPropertiesAttribute";
    private const string FromServicesAttribute = "Amazon.Lambda.Annotations.FromServicesAttribute";
    private const string LambdaSerializerAttribute = "Amazon.Lambda.Core.LambdaSerializerAttribute";
    private const string LambdaContext = "Amazon.Lambda.Core.ILambdaContext";
    private const string ServiceCollection = "Microsoft.Extensions.DependencyInjection.IServiceCollection";
    private const string TaskType = "System.Threading.Tasks.Task";
    private const string StreamType = "System.IO.Stream";

    public static ProjectModel ReadProject(Compilation compilation, CancellationToken cancellationToken)
    {
        var generateMain = false;
        foreach (var attribute in compilation.Assembly.GetAttributes().Where(attribute => Is(attribute, LambdaGlobalPropertiesAttribute)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            generateMain |= attribute.NamedArguments.Any(argument => argument.Key == "GenerateMain" && argument.Value.Value is true);
        }

        var isExecutable = compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;
        return new ProjectModel(generateMain, isExecutable, GetSerializer(compilation.Assembly));
    }

    public static StartupModel ReadStartup(INamedTypeSymbol type)
    {
        var place = Place.FromSymbol(type);
        var problems = new List<Problem>();
        void Refuse(string reason) => problems.Add(new Problem(Descriptors.Startup, place, new([type.Name, reason])));

        if (!IsReachable(type))
        {
            Refuse("it and the types around it have to be public or internal, and not generic");
        }
        else if (type.IsAbstract || !type.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 0 && IsReachable(constructor)))
        {
            Refuse("it needs a public or internal constructor without parameters");
        }
        else if (!type.GetMembers("ConfigureServices").OfType<IMethodSymbol>().Any(IsConfigureServices))
        {
            Refuse("it needs a method 'public void ConfigureServices(IServiceCollection services)'");
        }

        return new StartupModel(Name(type), place, new(problems));
    }

    public static HandlerModel ReadFunction(IMethodSymbol method, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var type = method.ContainingType;
        var place = Place.FromSymbol(method);
        var problems = new List<Problem>();
        if (WhyNotCallable(method) is { } reason)
        {
            problems.Add(new Problem(Descriptors.NotCallable, place, new([method.Name, reason])));
        }

        var parameters = method.Parameters.Select(parameter => new ParameterModel(GetKind(parameter), Name(parameter.Type))).ToList();
        if (WhyNotParameters(method, parameters) is { } wrong)
        {
            problems.Add(new Problem(Descriptors.Parameters, place, new([method.Name, wrong])));
        }

        var (kind, output) = ReadReturn(method);
        if (kind is null)
        {
            problems.Add(new Problem(Descriptors.ReturnType, place, new([method.Name, method.ReturnType.ToDisplayString()])));
        }

        var constructorParameters = method.IsStatic ? [] : ReadConstructor(type, place, problems);
        var input = method.Parameters.FirstOrDefault(parameter => GetKind(parameter) == ParameterKind.Event)?.Type;
        return new HandlerModel(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            type.Name,
            Name(type),
            method.Name,
            method.IsStatic,
            input is null ? null : Name(input),
            Is(input, StreamType),
            kind ?? ReturnKind.Void,
            output is null ? null : Name(output),
            Is(output, StreamType),
            new(parameters),
            new(constructorParameters),
            GetSerializer(method),
            place,
            new(problems));
    }

    private static string? WhyNotCallable(IMethodSymbol method) => method switch
    {
        { IsGenericMethod: true } => "it is generic",
        { IsAbstract: true } => "it is abstract",
        { IsAsync: true, ReturnsVoid: true } => "it is 'async void', whose end and exceptions cannot be seen; return Task",
        _ when !IsReachable(method) || !IsReachable(method.ContainingType) =>
            "it and the types around it have to be public or internal, and not generic",
        _ => null,
    };

    private static string? WhyNotParameters(IMethodSymbol method, List<ParameterModel> parameters)
    {
        if (method.Parameters.FirstOrDefault(parameter => parameter.RefKind != RefKind.None) is { } reference)
        {
            return $"its parameter '{reference.Name}' is passed by reference";
        }

        if (method.Parameters.FirstOrDefault(parameter => parameter.Type.IsRefLikeType || parameter.Type.TypeKind == TypeKind.Pointer) is { } stackOnly)
        {
            return $"its parameter '{stackOnly.Name}' cannot outlive the call";
        }

        return parameters.Count(parameter => parameter.Kind == ParameterKind.Event) > 1
            ? "it takes more than one event; take the event, ILambdaContext, and services by [FromServices]"
            : null;
    }

    private static (ReturnKind? Kind, ITypeSymbol? Output) ReadReturn(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
        {
            return (ReturnKind.Void, null);
        }

        if (method.ReturnsByRef || method.ReturnsByRefReadonly || method.ReturnType.IsRefLikeType)
        {
            return (null, null);
        }

        var type = (method.ReturnType as INamedTypeSymbol)?.OriginalDefinition;
        if (Is(type, TaskType))
        {
            return (ReturnKind.Task, null);
        }

        if (type is { Name: "Task", Arity: 1 } && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks")
        {
            return (ReturnKind.TaskOfValue, ((INamedTypeSymbol)method.ReturnType).TypeArguments[0]);
        }

        var isAwaitable = method.ReturnType.GetMembers("GetAwaiter").Length > 0 || type?.Name == "IAsyncEnumerable";
        return isAwaitable ? (null, null) : (ReturnKind.Value, method.ReturnType);
    }

    /// <summary>The public constructor; of several, the one with the most parameters.</summary>
    private static List<ConstructorParameterModel> ReadConstructor(INamedTypeSymbol type, Place place, List<Problem> problems)
    {
        var constructor = type.InstanceConstructors
            .Where(candidate => candidate.DeclaredAccessibility == Accessibility.Public)
            .OrderByDescending(candidate => candidate.Parameters.Length)
            .FirstOrDefault();
        if (type.IsAbstract || type.TypeKind != TypeKind.Class || constructor is null)
        {
            problems.Add(new Problem(Descriptors.FunctionClass, place, new([type.Name, "it has to be a class, not abstract, with a public constructor"])));
            return [];
        }

        if (constructor.Parameters.FirstOrDefault(parameter => !parameter.IsOptional && (parameter.RefKind != RefKind.None || parameter.Type.IsValueType)) is { } wrong)
        {
            problems.Add(new Problem(Descriptors.FunctionClass, place, new([type.Name, $"its constructor's parameter '{wrong.Name}' is not a service, which is a class or an interface"])));
            return [];
        }

        return constructor.Parameters
            .Where(parameter => !parameter.IsOptional || (parameter.Type.IsReferenceType && parameter.Type.SpecialType != SpecialType.System_String))
            .Select(parameter => new ConstructorParameterModel(parameter.Name, Name(parameter.Type), parameter.IsOptional))
            .ToList();
    }

    private static ParameterKind GetKind(IParameterSymbol parameter) =>
        parameter.GetAttributes().Any(attribute => Is(attribute, FromServicesAttribute)) ? ParameterKind.Service
        : Is(parameter.Type, LambdaContext) ? ParameterKind.Context
        : ParameterKind.Event;

    private static bool IsConfigureServices(IMethodSymbol method) =>
        method is { IsStatic: false, ReturnsVoid: true, IsGenericMethod: false, Parameters.Length: 1 }
        && IsReachable(method)
        && Is(method.Parameters[0].Type, ServiceCollection);

    private static string? GetSerializer(ISymbol symbol) =>
        symbol.GetAttributes().FirstOrDefault(attribute => Is(attribute, LambdaSerializerAttribute)) is { ConstructorArguments.Length: 1 } attribute
        && attribute.ConstructorArguments[0].Value is ITypeSymbol type
            ? Name(type)
            : null;

    private static bool IsReachable(ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            var isVisible = current.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;
            if (!isVisible || current is INamedTypeSymbol { IsGenericType: true })
            {
                return false;
            }
        }

        return true;
    }

    private static bool Is(AttributeData attribute, string name) => Is(attribute.AttributeClass, name);

    private static bool Is(ITypeSymbol? type, string name) =>
        type is INamedTypeSymbol { Arity: 0 } && type.ToDisplayString(NullableFlowState.None) == name;

    private static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
