namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>What a handler made of a record.</summary>
public class RecordHandlerResult
{
    /// <summary>Nothing to tell.</summary>
    public static readonly RecordHandlerResult None = new();

    /// <summary>The handler's own data.</summary>
    public object? Data { get; init; }

    /// <summary>A result that carries data.</summary>
    public static RecordHandlerResult FromData(object data) => new() { Data = data };
}
