using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>
/// Reads events and writes results with a source-generated context, without reflection over their types.
/// Names are matched case-insensitively and written as the context defines them; members that are null are omitted.
/// </summary>
/// <typeparam name="TSGContext">The context, with a constructor that takes <see cref="JsonSerializerOptions"/>, as generated contexts have.</typeparam>
public class SourceGeneratorLambdaJsonSerializer<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext> : ILambdaSerializer
    where TSGContext : JsonSerializerContext
{
    private readonly TSGContext _context;

    /// <summary>Creates a serializer with these options.</summary>
    public SourceGeneratorLambdaJsonSerializer()
        : this(customizer: null)
    {
    }

    /// <summary>Creates a serializer with customized options.</summary>
    /// <param name="customizer">Changes the options before the context is created with them.</param>
    public SourceGeneratorLambdaJsonSerializer(Action<JsonSerializerOptions>? customizer)
    {
        var options = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNameCaseInsensitive = true,
        };
        customizer?.Invoke(options);
        var constructor = typeof(TSGContext).GetConstructor([typeof(JsonSerializerOptions)])
            ?? throw new JsonSerializerException(
                $"{typeof(TSGContext).Name} has no public constructor that takes JsonSerializerOptions: mark it with [JsonSerializable] and make it partial.");
        _context = (TSGContext)constructor.Invoke([options]);
    }

    /// <inheritdoc/>
    /// <exception cref="JsonSerializerException">The event is not JSON of this type, or the context does not know the type.</exception>
    public T Deserialize<T>(Stream requestStream)
    {
        var type = TypeInfo<T>();
        try
        {
            return requestStream is MemoryStream memory && memory.TryGetBuffer(out var buffer)
                ? JsonSerializer.Deserialize(ReadToEnd(memory, buffer), type)!
                : JsonSerializer.Deserialize(requestStream, type)!;
        }
        catch (JsonException exception)
        {
            throw new JsonSerializerException($"The event cannot be read as {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="JsonSerializerException">The context does not know the type.</exception>
    public void Serialize<T>(T response, Stream responseStream)
    {
        var type = TypeInfo<T>();
        using var writer = new Utf8JsonWriter(responseStream, new JsonWriterOptions { SkipValidation = true });
        JsonSerializer.Serialize(writer, response, type);
    }

    private static ReadOnlySpan<byte> ReadToEnd(MemoryStream memory, ArraySegment<byte> buffer)
    {
        var rest = buffer.AsSpan((int)memory.Position);
        memory.Position = memory.Length;
        return rest;
    }

    private JsonTypeInfo<T> TypeInfo<T>() =>
        _context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new JsonSerializerException($"{typeof(TSGContext).Name} does not know {typeof(T)}: add [JsonSerializable(typeof({typeof(T).Name}))] to it.");
}
