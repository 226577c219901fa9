namespace Amazon.Lambda.Core;

/// <summary>Deserializes an invocation's event and serializes a function's result.</summary>
public interface ILambdaSerializer
{
    /// <summary>Reads one value from the event's bytes.</summary>
    T Deserialize<T>(Stream requestStream);

    /// <summary>Writes a function's result.</summary>
    void Serialize<T>(T response, Stream responseStream);
}
