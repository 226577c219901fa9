using Analytics.Local.Deployment;

namespace Analytics.Local.Tests.Deployment;

public sealed class OwnedPartsTests
{
    private readonly List<string> _disposed = [];

    [Fact]
    public async Task PartsAreDisposedInReverseOrder()
    {
        var parts = new OwnedParts();
        var first = parts.Add(new RecordedPart("first", _disposed));
        parts.Add(new AsynchronousPart("second", _disposed));
        parts.Add(new RecordedPart("third", _disposed));

        await parts.DisposeAsync();

        Assert.Equal("first", first.Name);
        Assert.Equal(["third", "second", "first"], _disposed);
    }

    [Fact]
    public async Task PartsAreDisposedOnce()
    {
        var parts = new OwnedParts();
        parts.Add(new RecordedPart("only", _disposed));

        await parts.DisposeAsync();
        await parts.DisposeAsync();

        Assert.Equal(["only"], _disposed);
    }

    private sealed record RecordedPart(string Name, List<string> Disposed) : IDisposable
    {
        public void Dispose() => Disposed.Add(Name);
    }

    private sealed record AsynchronousPart(string Name, List<string> Disposed) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            Disposed.Add(Name);
        }
    }
}
