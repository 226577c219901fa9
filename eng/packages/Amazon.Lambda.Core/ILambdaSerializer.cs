namespace Amazon.Lambda.Core;

/// <summary>Turns an invocation's event into a value, and a function's result into the response.</summary>
public interface ILambdaSerializer
{
    /// <summary>Reads one value from the event's bytes.</summary>
    T Deserialize<T>(Stream requestStream);

    /// <summary>Writes a function's result.</summary>
    void Serialize<T>(T response, Stream responseStream);
}
