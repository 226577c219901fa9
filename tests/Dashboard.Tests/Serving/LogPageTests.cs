using System.Text;
using Analytics.Dashboard.Serving;

namespace Analytics.Dashboard.Tests.Serving;

/// <summary>A log is read in whole lines and resumed at a position.</summary>
public sealed class LogPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReaderResumesAndLeavesIncompleteLines()
    {
        var file = _folder.File("a.log", "one\ntwo\nthr");
        var first = LogPage.Read(file, after: null);
        File.AppendAllText(file, "ee\nfour\n");
        var second = LogPage.Read(file, first.Next);

        Assert.Equal("one\ntwo\n", first.Text);
        Assert.Equal("three\nfour\n", second.Text);
        Assert.Equal("", LogPage.Read(file, second.Next).Text);
    }

    [Fact]
    public void ALongLogIsReadFromWholeLinesNearItsEnd()
    {
        var file = _folder.File("a.log", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n")));

        foreach (var after in (long?[])[null, 0, long.MaxValue])
        {
            var page = LogPage.Read(file, after);
            Assert.StartsWith("line ", page.Text, StringComparison.Ordinal);
            Assert.EndsWith("line 19999\n", page.Text, StringComparison.Ordinal);
            Assert.InRange(Encoding.UTF8.GetByteCount(page.Text), 1_000, LogPage.MaxBytes);
        }
    }
}
