using Amazon.Lambda.Model;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;

namespace Analytics.Dashboard.Parts;

/// <summary>The data flow of a stack on AWS: its stream's shards and its functions' states, without rates.</summary>
/// <param name="stack">The stack.</param>
/// <param name="names">The logical IDs of its resources.</param>
internal sealed class StackFlowPart(StackTarget stack, DashboardResources names) : IDashboardPart
{
    private const string Producers = "producers";

    /// <inheritdoc/>
    public string Name => "Data flow";

    /// <inheritdoc/>
    public TimeSpan Period { get; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public bool Owns(string key) => Array.Exists(["node/", "edge/", "function/", "shard/"], prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    /// <inheritdoc/>
    public async Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = new DashboardEntries();
        entries.Add($"node/{Producers}", new NodeEntry("producer", "Producers", "", "ok"));
        if (stack.FindResource(names.Stream) is { } stream)
        {
            await AddStreamAsync(entries, stream, cancellationToken);
        }

        foreach (var (id, function) in stack.Functions)
        {
            var settings = await stack.Lambda.GetFunctionConfigurationAsync(new GetFunctionConfigurationRequest { FunctionName = function }, cancellationToken);
            AddFunction(entries, id, settings);
        }

        return entries;
    }

    private async Task AddStreamAsync(DashboardEntries entries, string stream, CancellationToken cancellationToken)
    {
        var shards = await StreamShards.ListAsync(stack.Kinesis, stream, cancellationToken);
        var open = shards.Where(shard => shard.SequenceNumberRange.EndingSequenceNumber is null).ToList();
        entries.Add($"node/{names.Stream}", new NodeEntry("stream", names.Stream, open.Count == 1 ? "1 shard" : $"{open.Count} shards", "ok"));
        entries.Add($"edge/{Producers}>{names.Stream}", new EdgeEntry(Producers, names.Stream, null, 0, "records"));
        foreach (var shard in open)
        {
            entries.Add($"shard/{shard.ShardId}", new ShardEntry(
                true, LocalFlowPart.Share(shard.HashKeyRange.StartingHashKey), LocalFlowPart.Share(shard.HashKeyRange.EndingHashKey), null, 0, 0, 0, 0));
        }
    }

    private void AddFunction(DashboardEntries entries, string id, GetFunctionConfigurationResponse settings)
    {
        var state = settings.State?.Value ?? "";
        var update = settings.LastUpdateStatus?.Value ?? "";
        var isWell = state is "Active" or "Inactive" && update is "Successful" or "";
        entries.Add($"function/{id}", new FunctionEntry { MemoryMb = settings.MemorySize ?? 0, Status = update.Length == 0 ? state : $"{state}, update {update}" });
        entries.Add($"node/{id}", new NodeEntry("function", id, state, isWell ? "ok" : "failing"));
        var variables = settings.Environment?.Variables?.Values.ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var (target, kind, title) in (ReadOnlySpan<(string, string, string)>)
        [
            (names.ArchiveBucket, "bucket", "S3 bucket"),
            (names.CountersTable, "table", "DynamoDB table"),
            ("ResultsTable", "table", "DynamoDB table"),
            (names.AlertsTopic, "topic", "SNS topic"),
            ("ReplicaStream", "stream", "Kinesis stream"),
        ])
        {
            if (stack.FindResource(target) is { } physicalId && variables.Contains(physicalId))
            {
                entries.Add($"node/{target}", new NodeEntry(kind, target, title, "ok"));
                entries.Add($"edge/{id}>{target}", new EdgeEntry(id, target, null, 0, "calls"));
            }
        }

        if (stack.FindResource(names.Stream) is not null)
        {
            entries.Add($"edge/{names.Stream}>{id}", new EdgeEntry(names.Stream, id, null, 0, "records"));
        }
    }
}
