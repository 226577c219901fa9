using System.Reflection;

namespace Analytics.PublicSurface.Tests;

/// <summary>
/// The public members of an assembly, one line each, for comparison of assemblies. Properties that make no
/// difference to callers are omitted: whether a member is inherited within the assembly, overridden, abstract or static.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>The lines, in ordinal order.</summary>
    public static IEnumerable<string> Describe(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(type => Describe(type, assembly)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Describe(Type type, Assembly assembly)
    {
        yield return $"{Name(type)}: {Kind(type)}{Parent(type, assembly)}";
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            yield return $"{Name(type)}({Parameters(invoke)}): {Name(invoke.ReturnType)}";
            yield break;
        }

        foreach (var constructor in type.GetConstructors(Public))
        {
            yield return $"{Name(type)}.new({Parameters(constructor)})";
        }

        foreach (var method in type.GetMethods(Public).Where(one => !one.IsSpecialName && IsDeclaredIn(assembly, one.GetBaseDefinition())))
        {
            yield return $"{Name(type)}.{method.Name}{TypeParameters(method)}({Parameters(method)}): {Name(method.ReturnType)}";
        }

        foreach (var property in type.GetProperties(Public))
        {
            foreach (var accessor in property.GetAccessors().Where(one => IsDeclaredIn(assembly, one.GetBaseDefinition())))
            {
                yield return $"{Name(type)}.{property.Name}: {Name(property.PropertyType)} {(accessor == property.GetMethod ? "get" : "set")}";
            }
        }

        foreach (var field in type.GetFields(Public).Where(one => !one.IsSpecialName && IsDeclaredIn(assembly, one)))
        {
            yield return $"{Name(type)}.{field.Name}: {Name(field.FieldType)}";
        }
    }

    private static bool IsDeclaredIn(Assembly assembly, MemberInfo member) => member.DeclaringType!.Assembly == assembly;

    private static string Kind(Type type) =>
        type.IsInterface ? "interface"
        : type.IsEnum ? "enum"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsValueType ? "struct"
        : "class";

    /// <summary>The nearest base class of another assembly, if it is not trivial.</summary>
    private static string Parent(Type type, Assembly assembly)
    {
        var parent = type.BaseType;
        while (parent?.Assembly == assembly)
        {
            parent = parent.BaseType;
        }

        return type.IsClass && parent is not null && parent != typeof(object) && parent != typeof(MulticastDelegate) ? $" : {Name(parent)}" : "";
    }

    private static string TypeParameters(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(
        ", ",
        method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? "?" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return $"ref {Name(type.GetElementType()!)}";
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        var name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : $"{type.Namespace}.{type.Name}";
        return type.IsGenericType && name.Contains('`', StringComparison.Ordinal)
            ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : name;
    }
}
