using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Analytics.Architecture.Tests;

/// <summary>
/// References between the namespaces of a project: in the compiled code, and in its <c>using</c> directives, which also show
/// constants that the compiler inlines.
/// </summary>
internal sealed partial class NamespaceReferences
{
    private readonly Dictionary<(string From, string To), string> _references = [];
    private readonly HashSet<string> _namespaces;

    private NamespaceReferences(IEnumerable<string> namespaces) => _namespaces = [.. namespaces];

    /// <summary>The namespaces with types of the project.</summary>
    public IReadOnlySet<string> Namespaces => _namespaces;

    /// <summary>The pairs of namespaces of which the first references the second, each with one location.</summary>
    public IReadOnlyDictionary<(string From, string To), string> Pairs => _references;

    /// <summary>Reads a project.</summary>
    /// <param name="assembly">Its compiled assembly.</param>
    /// <param name="sources">Its folder.</param>
    public static NamespaceReferences Read(string assembly, string sources)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(assembly));
        using var module = ModuleDefinition.ReadModule(assembly, new ReaderParameters { AssemblyResolver = resolver });
        var types = module.GetAllTypes().Where(type => GetNamespace(type).Length > 0).ToList();
        var found = new NamespaceReferences(types.Select(GetNamespace));
        foreach (var type in types)
        {
            found.Add(type);
        }

        foreach (var file in GetSourceFiles(sources))
        {
            found.AddUsings(file);
        }

        return found;
    }

    /// <summary>The cycles between namespaces: strongly connected components (R. Tarjan, "Depth-first search and linear graph algorithms", 1972).</summary>
    public IReadOnlyList<IReadOnlyList<string>> FindCycles()
    {
        var targets = _references.Keys.ToLookup(pair => pair.From, pair => pair.To);
        var numbers = new Dictionary<string, int>();
        var lowest = new Dictionary<string, int>();
        var open = new Stack<string>();
        var cycles = new List<IReadOnlyList<string>>();
        foreach (var one in _namespaces.Order(StringComparer.Ordinal))
        {
            if (!numbers.ContainsKey(one))
            {
                Visit(one);
            }
        }

        return cycles;

        void Visit(string one)
        {
            numbers[one] = lowest[one] = numbers.Count;
            open.Push(one);
            foreach (var next in targets[one])
            {
                if (!numbers.TryGetValue(next, out var number))
                {
                    Visit(next);
                    lowest[one] = Math.Min(lowest[one], lowest[next]);
                }
                else if (open.Contains(next))
                {
                    lowest[one] = Math.Min(lowest[one], number);
                }
            }

            if (lowest[one] == numbers[one])
            {
                var members = new List<string>();
                do
                {
                    members.Add(open.Pop());
                }
                while (members[^1] != one);
                if (members.Count > 1)
                {
                    cycles.Add(members);
                }
            }
        }
    }

    private void Add(TypeDefinition type)
    {
        var from = GetNamespace(type);
        Add(from, type, type.BaseType);
        AddAttributes(from, type, type);
        foreach (var implemented in type.Interfaces)
        {
            Add(from, type, implemented.InterfaceType);
        }

        foreach (var field in type.Fields)
        {
            Add(from, field, field.FieldType);
            AddAttributes(from, field, field);
        }

        foreach (var property in type.Properties)
        {
            AddAttributes(from, property, property);
        }

        foreach (var constraint in type.GenericParameters.Concat(type.Methods.SelectMany(method => method.GenericParameters)).SelectMany(parameter => parameter.Constraints))
        {
            Add(from, type, constraint.ConstraintType);
        }

        foreach (var method in type.Methods)
        {
            AddMethod(from, method, method);
            AddAttributes(from, method, method);
            foreach (var variable in method.HasBody ? method.Body.Variables : [])
            {
                Add(from, method, variable.VariableType);
            }

            foreach (var handler in method.HasBody ? method.Body.ExceptionHandlers : [])
            {
                Add(from, method, handler.CatchType);
            }

            foreach (var operand in method.HasBody ? method.Body.Instructions.Select(instruction => instruction.Operand) : [])
            {
                switch (operand)
                {
                    case TypeReference named:
                        Add(from, method, named);
                        break;
                    case MethodReference called:
                        AddMethod(from, method, called);
                        break;
                    case FieldReference field:
                        Add(from, method, field.DeclaringType);
                        Add(from, method, field.FieldType);
                        break;
                }
            }
        }
    }

    private void AddMethod(string from, MemberReference where, MethodReference method)
    {
        Add(from, where, method.DeclaringType);
        Add(from, where, method.ReturnType);
        foreach (var parameter in method.Parameters)
        {
            Add(from, where, parameter.ParameterType);
        }

        foreach (var argument in (method as GenericInstanceMethod)?.GenericArguments ?? [])
        {
            Add(from, where, argument);
        }
    }

    private void AddAttributes(string from, MemberReference where, ICustomAttributeProvider member)
    {
        foreach (var attribute in member.CustomAttributes)
        {
            Add(from, where, attribute.AttributeType);
            foreach (var argument in attribute.ConstructorArguments.Concat(attribute.Properties.Select(property => property.Argument)))
            {
                Add(from, where, argument.Value as TypeReference);
            }
        }
    }

    private void Add(string from, MemberReference where, TypeReference? type)
    {
        foreach (var argument in (type as GenericInstanceType)?.GenericArguments ?? [])
        {
            Add(from, where, argument);
        }

        var element = type?.GetElementType();
        if (element is { IsGenericParameter: false })
        {
            Add(from, GetNamespace(element), where.FullName);
        }
    }

    private void AddUsings(string file)
    {
        var text = File.ReadAllText(file);
        if (Declaration().Match(text) is { Success: true } declared)
        {
            foreach (var used in Using().Matches(text).Select(match => match.Groups["name"].Value))
            {
                Add(declared.Groups["name"].Value, used, $"using in {Path.GetFileName(file)}");
            }
        }
    }

    private void Add(string from, string to, string where)
    {
        if (from != to && _namespaces.Contains(to))
        {
            _references.TryAdd((from, to), where);
        }
    }

    // Without build output.
    private static IEnumerable<string> GetSourceFiles(string folder) => Directory.EnumerateFiles(folder, "*.cs").Concat(Directory.EnumerateDirectories(folder)
        .Where(subfolder => Path.GetFileName(subfolder) is not ("bin" or "obj" or "node_modules"))
        .SelectMany(GetSourceFiles));

    private static string GetNamespace(TypeReference type) => type.DeclaringType is { } outer ? GetNamespace(outer) : type.Namespace;

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^using (static )?(\w+ = )?(?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Using();
}
