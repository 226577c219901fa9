using Mono.Cecil;

namespace Analytics.Template.Tests;

/// <summary>
/// The AWS operations that a program can call: the methods of the SDK's clients that its compiled code reaches from
/// given methods. For a call of an interface or a virtual method, the implementations count in all types that
/// the reached code creates (rapid type analysis: D. Bacon and P. Sweeney, "Fast static analysis of C++ virtual function calls", 1996).
/// </summary>
internal sealed class ClientCalls : IDisposable
{
    private static readonly string[] NotWalked = ["AWSSDK.", "System.", "Microsoft.", "netstandard", "mscorlib"];

    private readonly Resolver _resolver = new();
    private readonly List<AssemblyDefinition> _walked = [];
    private readonly ILookup<string, TypeDefinition> _derived;
    private readonly AssemblyDefinition _program;

    /// <summary>Reads a program and the assemblies beside it, except those whose calls do not count.</summary>
    public ClientCalls(string assemblyFile, params string[] leftOut)
    {
        var folder = Path.GetDirectoryName(assemblyFile)!;
        _resolver.AddSearchDirectory(folder);
        var parameters = new ReaderParameters { AssemblyResolver = _resolver };
        foreach (var file in Directory.EnumerateFiles(folder, "*.dll").Where(file => !NotWalked.Concat(leftOut).Any(Path.GetFileName(file).StartsWith)))
        {
            var assembly = AssemblyDefinition.ReadAssembly(file, parameters);
            _resolver.Add(assembly);
            _walked.Add(assembly);
        }

        _program = _walked.Single(assembly => Path.GetFullPath(assembly.MainModule.FileName) == Path.GetFullPath(assemblyFile));
        _derived = _walked.SelectMany(assembly => assembly.MainModule.GetTypes())
            .SelectMany(type => Bases(type).Select(parent => (Parent: parent, Type: type)))
            .ToLookup(pair => pair.Parent, pair => pair.Type);
    }

    /// <summary>The operations, such as <c>dynamodb:UpdateItem</c>, that the selected types of the program's assembly reach.</summary>
    public IReadOnlySet<string> From(Func<string, bool> isRoot)
    {
        var operations = new HashSet<string>();
        var reached = new HashSet<MethodDefinition>();
        var made = new HashSet<TypeDefinition>();
        var open = new Stack<MethodDefinition>(_program.MainModule.Types.Where(type => isRoot(type.Name)).SelectMany(WithNested).SelectMany(type => type.Methods));
        while (open.TryPop(out var method))
        {
            if (!reached.Add(method))
            {
                continue;
            }

            IEnumerable<MethodDefinition> next = [.. StateMachine(method), .. Called(method, operations)];
            if (method.IsVirtual)
            {
                next = next.Concat(Descendants(method.DeclaringType).Where(type => type.IsValueType || made.Contains(type)).SelectMany(type => Implementations(method, type)));
            }

            if (method.IsConstructor && made.Add(method.DeclaringType))
            {
                next = next.Concat(reached.Where(called => called.IsVirtual && Descendants(called.DeclaringType).Contains(method.DeclaringType))
                    .SelectMany(called => Implementations(called, method.DeclaringType)));
            }

            foreach (var found in next.ToList())
            {
                open.Push(found);
            }
        }

        return operations;
    }

    public void Dispose() => _resolver.Dispose();

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static IEnumerable<string> Bases(TypeDefinition type) =>
        type.Interfaces.Select(implemented => implemented.InterfaceType).Append(type.BaseType).OfType<TypeReference>().Select(parent => parent.GetElementType().FullName);

    // The code of async and iterator methods is in a type named by an attribute.
    private static IEnumerable<MethodDefinition> StateMachine(MethodDefinition method) => method.CustomAttributes
        .Where(attribute => attribute.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal))
        .SelectMany(attribute => ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve().Methods);

    private static IEnumerable<MethodDefinition> Implementations(MethodDefinition method, TypeDefinition type) => type.Methods.Where(candidate =>
        candidate.Parameters.Count == method.Parameters.Count
        && (candidate.Name == method.Name || candidate.Overrides.Any(overridden => overridden.Name == method.Name)));

    private IEnumerable<TypeDefinition> Descendants(TypeDefinition type) =>
        _derived[type.FullName].SelectMany(derived => Descendants(derived).Prepend(derived));

    private IEnumerable<MethodDefinition> Called(MethodDefinition method, HashSet<string> operations)
    {
        foreach (var called in method.HasBody ? method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>() : [])
        {
            if (Operation(called) is { } operation)
            {
                operations.Add(operation);
            }
            else if (IsWalked(called.DeclaringType) && called.Resolve() is { } definition)
            {
                yield return definition;
            }

            // A type that is only a type argument is created by the callee: services.AddSingleton<T>().
            foreach (var made in (called as GenericInstanceMethod)?.GenericArguments.Where(IsWalked).Select(argument => argument.Resolve()).OfType<TypeDefinition>() ?? [])
            {
                foreach (var member in made.Methods.Where(member => member.IsConstructor || member.IsVirtual))
                {
                    yield return member;
                }
            }
        }
    }

    private bool IsWalked(TypeReference type) =>
        !type.IsGenericParameter && type.GetElementType().Scope is { } scope && _walked.Any(assembly => assembly.Name.Name == Name(scope));

    private static string Name(IMetadataScope scope) => scope is ModuleDefinition module ? module.Assembly.Name.Name : scope.Name;

    private static string? Operation(MethodReference method)
    {
        var type = method.DeclaringType;
        var isClient = type.Name.StartsWith("IAmazon", StringComparison.Ordinal)
            || (type.Name.StartsWith("Amazon", StringComparison.Ordinal) && type.Name.EndsWith("Client", StringComparison.Ordinal));
        if (type.Namespace.StartsWith("Amazon.", StringComparison.Ordinal) && isClient && method.Name.EndsWith("Async", StringComparison.Ordinal))
        {
            return $"{Service(type.Namespace)}:{method.Name[..^"Async".Length]}";
        }

        return type.Name.EndsWith("PaginatorFactory", StringComparison.Ordinal) ? $"{Service(type.Namespace)}:{method.Name}" : null;
    }

    // Amazon.DynamoDBv2, Amazon.S3.Model ...
    private static string Service(string ns) => ns.Split('.')[1] switch
    {
        "DynamoDBv2" => "dynamodb",
        "SimpleNotificationService" => "sns",
        var name => name.ToLowerInvariant(),
    };

    // One definition of each type, however it is reached.
    private sealed class Resolver : DefaultAssemblyResolver
    {
        public void Add(AssemblyDefinition assembly) => RegisterAssembly(assembly);
    }
}
