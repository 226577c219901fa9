using Analytics.Local.Mapping;

namespace Analytics.Local.Benchmarks;

internal static class Settings
{
    public const string FunctionName = "bench";

    public static EventSourceMappingConfiguration Configuration(string stream, int batchSize, int lanes) => new()
    {
        Uuid = Guid.NewGuid().ToString(),
        FunctionName = FunctionName,
        FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:bench",
        StreamName = stream,
        StreamArn = $"arn:aws:kinesis:us-east-1:000000000000:stream/{stream}",
        Region = "us-east-1",
        StartingPosition = StartingPosition.TrimHorizon,
        BatchSize = batchSize,
        ParallelizationFactor = lanes,
    };
}
