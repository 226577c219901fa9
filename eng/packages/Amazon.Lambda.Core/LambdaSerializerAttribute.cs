namespace Amazon.Lambda.Core;

/// <summary>Names the serializer of an assembly's functions, or of one function.</summary>
/// <param name="serializerType">An <see cref="ILambdaSerializer"/> with a parameterless constructor.</param>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Method)]
public sealed class LambdaSerializerAttribute(Type serializerType) : Attribute
{
    /// <summary>The serializer's type.</summary>
    public Type SerializerType { get; } = serializerType;
}
