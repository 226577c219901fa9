using System.Text;
using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

public sealed class FileCheckpointStoreTests : IDisposable
{
    private static readonly string Uuid = Some.Configuration.Uuid;
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AMappingThatNeverStartedHasNoCheckpoint() =>
        Assert.Null(await new FileCheckpointStore(_folder).LoadAsync(Uuid, CancellationToken.None));

    [Fact]
    public async Task LastSavedStateIsLoadedByANewProcess()
    {
        var store = new FileCheckpointStore(_folder);
        await store.SaveStartAsync(Uuid, Some.Time, CancellationToken.None);
        await store.SaveAsync(Uuid, new ShardCheckpoint { ShardId = "shardId-000000000000", SequenceNumber = "7" }, CancellationToken.None);
        await store.SaveAsync(Uuid, new ShardCheckpoint { ShardId = "shardId-000000000000", SequenceNumber = "8", IsFinished = true }, CancellationToken.None);
        await store.SaveAsync(Uuid, new ShardCheckpoint { ShardId = "shardId-000000000001", SequenceNumber = "9" }, CancellationToken.None);

        var loaded = await new FileCheckpointStore(_folder).LoadAsync(Uuid, CancellationToken.None);

        Assert.Equal(Some.Time, loaded!.StartedAt);
        Assert.Equal(
            [
                new ShardCheckpoint { ShardId = "shardId-000000000000", SequenceNumber = "8", IsFinished = true },
                new ShardCheckpoint { ShardId = "shardId-000000000001", SequenceNumber = "9" },
            ],
            loaded.Shards.Values.OrderBy(shard => shard.ShardId, StringComparer.Ordinal));
    }

    [Fact]
    public async Task AnOpenWindowIsKept()
    {
        var store = new FileCheckpointStore(_folder);
        var window = new WindowCheckpoint(Some.Time, "{\"a\": [1]}"u8.ToArray(), IsOverLimit: true);
        await store.SaveStartAsync(Uuid, Some.Time, CancellationToken.None);
        await store.SaveAsync(Uuid, new ShardCheckpoint { ShardId = Some.ShardId, SequenceNumber = "7", Window = window }, CancellationToken.None);

        var loaded = (await store.LoadAsync(Uuid, CancellationToken.None))!.Shards[Some.ShardId].Window!;

        Assert.Equal("{\"a\": [1]}", Encoding.UTF8.GetString(loaded.State.Span));
        Assert.Equal(window with { State = default }, loaded with { State = default });
    }

    [Fact]
    public async Task AFileThatWasBeingWrittenWhenTheProcessDiedIsNotRead()
    {
        var store = new FileCheckpointStore(_folder);
        await store.SaveStartAsync(Uuid, Some.Time, CancellationToken.None);
        await store.SaveAsync(Uuid, new ShardCheckpoint { ShardId = Some.ShardId, SequenceNumber = "7" }, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(_folder, Uuid, Some.ShardId + ".json.next"), "{\"shardId\":");

        var loaded = await store.LoadAsync(Uuid, CancellationToken.None);

        Assert.Equal("7", loaded!.Shards[Some.ShardId].SequenceNumber);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task InvalidCheckpointFileIsReportedInOneLine(string content)
    {
        var store = new FileCheckpointStore(_folder);
        await store.SaveStartAsync(Uuid, Some.Time, CancellationToken.None);
        var file = Path.Combine(_folder, Uuid, Some.ShardId + ".json");
        await File.WriteAllTextAsync(file, content);

        var error = await Assert.ThrowsAsync<EventSourceMappingException>(() => store.LoadAsync(Uuid, CancellationToken.None));

        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("")]
    [InlineData("a/b")]
    public async Task IdThatIsNotAFileNameIsRejected(string id)
    {
        var store = new FileCheckpointStore(_folder);

        await Assert.ThrowsAsync<EventSourceMappingException>(() => store.LoadAsync(id, CancellationToken.None));
        await Assert.ThrowsAsync<EventSourceMappingException>(() => store.SaveAsync(Uuid, new ShardCheckpoint { ShardId = id }, CancellationToken.None));
    }
}
