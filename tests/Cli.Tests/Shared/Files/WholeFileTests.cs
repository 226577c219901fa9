using Analytics.Cli.Run;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Files;

namespace Analytics.Cli.Tests.Shared.Files;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FileExistsAfterCommit()
    {
        var path = _folder.Combine("file");
        await using (var file = WholeFile.Create(path))
        {
            await file.Content.WriteAsync(new byte[] { 1, 2 });
            Assert.False(File.Exists(path));
            await file.CommitAsync();
        }

        Assert.Equal([1, 2], await File.ReadAllBytesAsync(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task UncommittedFileIsDiscardedAndTheOldOneKept()
    {
        var path = _folder.Combine("file");
        await File.WriteAllTextAsync(path, "before");
        await using (var file = WholeFile.Create(path))
        {
            await file.Content.WriteAsync(new byte[100_000]);
        }

        Assert.Equal("before", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [SmallDiskFact]
    public async Task FullDiskLeavesNoFileAndReportsOneLine()
    {
        using var disk = new SmallDisk(64);
        var big = new byte[200_000];
        Random.Shared.NextBytes(big);
        var source = _folder.Combine("source");
        await File.WriteAllBytesAsync(source, big);
        var folder = OutputFolder.Open(disk.Path);
        Directory.CreateDirectory(Path.Combine(disk.Path, "archive/events"));
        await folder.WriteAsync("summary.json", "before", CancellationToken.None);

        await AssertFullAsync(() => WholeFile.WriteAsync(Path.Combine(disk.Path, "file"), big, CancellationToken.None));
        await AssertFullAsync(() => folder.WriteAsync("summary.json", Convert.ToBase64String(big), CancellationToken.None));
        await AssertFullAsync(() => folder.WriteObjectAsync("events/object", big, CancellationToken.None));
        await AssertFullAsync(() => FolderArchiveStore.Open(disk.Path).PutAsync("compacted/part.parquet", source, CancellationToken.None));

        Assert.Equal([Path.Combine(disk.Path, "summary.json")], Directory.GetFiles(disk.Path, "*", SearchOption.AllDirectories));
        Assert.Equal("before", await File.ReadAllTextAsync(Path.Combine(disk.Path, "summary.json")));
    }

    [Fact]
    public void AnErrorOfTheNetworkIsNoneOfTheDisk()
    {
        Assert.Null(DiskError.Describe(new IOException("reset", new System.Net.Sockets.SocketException())));
        Assert.Null(DiskError.Describe(new HttpIOException(HttpRequestError.ResponseEnded)));
        Assert.Null(DiskError.Describe(new InvalidOperationException()));
    }

    private static async Task AssertFullAsync(Func<Task> write)
    {
        var error = await Assert.ThrowsAsync<IOException>(write);

        Assert.StartsWith("the disk is full: ", DiskError.Describe(error), StringComparison.Ordinal);
    }
}
