using System.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>A handler method: everything that the generated code depends on, as plain values, so that unchanged methods are not regenerated.</summary>
internal sealed record HandlerModel(
    string Namespace,
    string ClassName,
    string ClassFullName,
    string MethodName,
    bool IsStatic,
    string? InputType,
    bool InputIsStream,
    ReturnKind Return,
    string? OutputType,
    bool OutputIsStream,
    ValueList<ParameterModel> Parameters,
    ValueList<ConstructorParameterModel> ConstructorParameters,
    string? Serializer,
    Place Place,
    ValueList<Problem> Problems)
{
    public string GeneratedClassName => $"{ClassName}_{MethodName}_Generated";

    public bool NeedsSerializer => (InputType is not null && !InputIsStream) || (OutputType is not null && !OutputIsStream);

    public bool NeedsServices => ConstructorParameters.Count > 0 || Parameters.Any(parameter => parameter.Kind == ParameterKind.Service);
}

/// <summary>The kind of the method's return type.</summary>
internal enum ReturnKind
{
    Void,
    Value,
    Task,
    TaskOfValue,
}

/// <summary>The source of a handler's parameter.</summary>
internal enum ParameterKind
{
    Event,
    Context,
    Service,
}

internal sealed record ParameterModel(ParameterKind Kind, string Type);

/// <param name="Name">The parameter's name.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsOptional">Whether it has a default value, which is null for a class or an interface.</param>
internal sealed record ConstructorParameterModel(string Name, string Type, bool IsOptional);

/// <summary>The class marked [LambdaStartup].</summary>
internal sealed record StartupModel(string FullName, Place Place, ValueList<Problem> Problems);

/// <summary>Settings of the whole project.</summary>
internal sealed record ProjectModel(bool GenerateMain, bool IsExecutable, string? Serializer);

/// <summary>A diagnostic to be reported.</summary>
internal sealed record Problem(DiagnosticDescriptor Descriptor, Place Place, ValueList<string> Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Place.ToLocation(), Arguments.Cast<object>().ToArray());
}

/// <summary>A position in the source, without the reference to a syntax tree that a Location has.</summary>
internal sealed record Place(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static Place FromSymbol(ISymbol symbol)
    {
        var location = symbol.Locations[0];
        return new Place(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);
    }

    /// <summary>No position.</summary>
    public static Place None { get; } = new("", default, default);

    public Location ToLocation() => this == None ? Location.None : Location.Create(Path, Span, Lines);
}

/// <summary>A list with value equality of its items.</summary>
internal sealed class ValueList<T>(IEnumerable<T> items) : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[] _items = items.ToArray();

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public bool Equals(ValueList<T>? other) => other is not null && _items.SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode() => _items.Aggregate(17, (hash, item) => unchecked((hash * 31) + (item?.GetHashCode() ?? 0)));

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
