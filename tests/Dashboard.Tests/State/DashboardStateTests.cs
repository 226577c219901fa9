using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Analytics.Dashboard.State;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Dashboard.Tests.State;

/// <summary>Applying the differences yields the document.</summary>
public sealed class DashboardStateTests
{
    [Fact]
    public void AReaderThatAppliesTheDifferencesHasTheDocumentWheneverItLooks()
    {
        var step = from owner in Gen.Choose(0, 2)
                   from keys in Gen.ListOf(Gen.Choose(0, 5))
                   from value in Gen.Choose(0, 3)
                   from isRead in Gen.Elements(true, false)
                   select (Owner: owner, Keys: keys.Distinct().ToList(), Value: value, IsRead: isRead);
        Prop.ForAll(Arb.From(Gen.ListOf(step)), steps =>
        {
            var state = DashboardState.Empty;
            var reader = new Dictionary<string, string>();
            var version = 0L;
            foreach (var (owner, keys, value, isRead) in steps)
            {
                var prefix = $"part{owner}/";
                var entries = keys.ToDictionary(key => $"{prefix}{key}", key => Json(key + value));
                state = state.With(key => key.StartsWith(prefix, StringComparison.Ordinal), entries);
                if (isRead)
                {
                    Apply(reader, Since(state, version));
                    version = state.Version;
                    Assert.Equal(Document(state), reader);
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void WholeDocumentListsNoRemovals()
    {
        var state = DashboardState.Empty.With(_ => true, new Dictionary<string, byte[]> { ["a"] = Json(1) }).With(_ => true, new Dictionary<string, byte[]>());

        Assert.Equal("""{"set":{},"removed":[]}""", Since(state, 0).GetRawText());
        Assert.Equal("""{"set":{},"removed":["a"]}""", Since(state, 1).GetRawText());
    }

    [Fact]
    public void UnchangedStateMakesNoVersion()
    {
        var state = DashboardState.Empty.With(_ => true, new Dictionary<string, byte[]> { ["a"] = Json(1) });

        Assert.Same(state, state.With(_ => true, new Dictionary<string, byte[]> { ["a"] = Json(1) }));
        Assert.Equal(1, state.Version);
    }

    [Fact]
    public void ReaderBehindTheRememberedRemovalsReceivesTheWholeDocument()
    {
        var state = DashboardState.Empty;
        for (var i = 0; i < DashboardState.MaxRemovals + 2; i++)
        {
            state = state.With(_ => true, new Dictionary<string, byte[]> { [i.ToString(CultureInfo.InvariantCulture)] = Json(i) });
        }

        Assert.False(state.Remembers(1));
        Assert.True(state.Remembers(state.Version - 10));
        Assert.False(state.Remembers(state.Version + 1));
    }

    private static byte[] Json(int value) => Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture));

    private static JsonElement Since(DashboardState state, long version)
    {
        var buffer = new ArrayBufferWriter<byte>();
        state.WriteSince(version, buffer);
        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    private static Dictionary<string, string> Document(DashboardState state)
    {
        var document = new Dictionary<string, string>();
        Apply(document, Since(state, 0));
        return document;
    }

    private static void Apply(Dictionary<string, string> document, JsonElement change)
    {
        foreach (var entry in change.GetProperty("set").EnumerateObject())
        {
            document[entry.Name] = entry.Value.GetRawText();
        }

        foreach (var key in change.GetProperty("removed").EnumerateArray())
        {
            document.Remove(key.GetString()!);
        }
    }
}
