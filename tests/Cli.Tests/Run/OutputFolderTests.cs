using Analytics.Cli.Run;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Tests.Run;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LaterRunReplacesOnlyItsFiles()
    {
        var foreign = _folder.File("notes.txt", "mine");
        var first = OutputFolder.Open(_folder.Path);
        await first.WriteAsync("summary.json", "{}", CancellationToken.None);
        await first.WriteObjectAsync("events/old.ndjson.gz", new byte[] { 1 }, CancellationToken.None);

        var second = OutputFolder.Open(_folder.Path);
        second.Clear();
        await second.WriteObjectAsync("events/year=2026/new.ndjson.gz", new byte[] { 2 }, CancellationToken.None);

        Assert.False(File.Exists(Path.Combine(_folder.Path, "archive/events/old.ndjson.gz")));
        Assert.False(File.Exists(Path.Combine(_folder.Path, "summary.json")));
        Assert.Equal([2], await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "archive/events/year=2026/new.ndjson.gz")));
        Assert.Equal("mine", await File.ReadAllTextAsync(foreign));
    }

    [Fact]
    public void ForeignArchiveFolderIsUnchanged()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "archive"));
        var foreign = _folder.File("archive/precious.zip", "mine");

        var error = Assert.Throws<UserException>(() => OutputFolder.Open(_folder.Path));
        Assert.Contains("not from an earlier run", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(foreign));
    }

    [Fact]
    public void AFileIsNotAFolder()
    {
        var error = Assert.Throws<UserException>(() => OutputFolder.Open(_folder.File("out", "")));
        Assert.Contains("is a file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("/etc/escape")]
    [InlineData("events/../../escape")]
    public async Task AKeyThatLeadsOutOfTheFolderIsNotWritten(string key)
    {
        var folder = OutputFolder.Open(_folder.Path);
        await Assert.ThrowsAsync<UserException>(() => folder.WriteObjectAsync(key, new byte[] { 1 }, CancellationToken.None));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }
}
