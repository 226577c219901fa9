namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>The handler's result for a record.</summary>
public class RecordHandlerResult
{
    /// <summary>A result without data.</summary>
    public static readonly RecordHandlerResult None = new();

    /// <summary>The handler's data.</summary>
    public object? Data { get; init; }

    /// <summary>A result with data.</summary>
    public static RecordHandlerResult FromData(object data) => new() { Data = data };
}
