using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Events.Tests.Reading;

public sealed class ReaderPropertyTests
{
    private static readonly byte[][] Seeds =
    [
        Some.Utf8("""{"timestamp":"2025-08-08T10:00:00Z","user_id":"u","event_type":"purchase","amount":-12.50e1,"location":{"city":"x"},"a":[true,false,null,[],{}]}"""),
        Some.Utf8("""{"specversion":"1.0","id":"\u00e9\ud83d\ude00","type":"t","data":{"page":"ü€😀","device":""}}"""),
        Some.Gzip("""{"event_type":"click","message":"hello hello hello"}"""),
        Some.Aggregate(("a", Some.Utf8("""{"event_type":"click"}""")), ("b", Some.Gzip("""{"event_type":"click"}"""))),
        Some.Gzip(Some.Aggregate(("a", Some.Utf8("{}")))),
    ];

    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"event_type\"", "\"data\"", "\"location\"", "1", "-", "0", ".", "e", "E+", "9e99", "1e400",
         "true", "fals", "null", " ", "\n", "\\", "\\u00", "\\ud83d", "é", "\"b\":", "\"c\":1,", "\0", "/", "'"];

    [Fact]
    public void NoBytesMakeTheReaderThrow() =>
        Prop.ForAll<byte[]>(data => ReadAll(data ?? [])).QuickCheckThrowOnFailure();

    [Fact]
    public void NoMutationOfARecordMakesTheReaderThrow()
    {
        var mutations = Gen.Zip(Gen.Choose(0, Seeds.Length - 1), Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 1000), Gen.Choose(0, 255)))).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(mutations, mutation =>
        {
            var data = Seeds[mutation.Item1].ToArray();
            foreach (var (position, value) in mutation.Item2)
            {
                data[position % data.Length] = (byte)value;
            }

            ReadAll(data);
        }));
    }

    [Fact]
    public void NoAggregateOfBytesMakesTheReaderThrow() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<byte[]>(message => ReadAll(Some.Seal(message ?? []))));

    [Fact]
    public void JsonValidityMatchesSystemTextJson()
    {
        var texts = Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithEndSize(20), Prop.ForAll(texts, AgreesWithSystemTextJson));
    }

    [Fact]
    public void MutatedObjectIsJsonWhenSystemTextJsonAcceptsIt()
    {
        var mutations = Gen.Zip(Gen.Choose(0, 1), Gen.Zip(Gen.Choose(0, 1000), Gen.Elements(Pieces))).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(mutations, mutation =>
        {
            var seed = Encoding.UTF8.GetString(Seeds[mutation.Item1]);
            var (position, piece) = mutation.Item2;
            AgreesWithSystemTextJson(seed.Insert(position % seed.Length, piece));
            AgreesWithSystemTextJson(seed.Remove(position % seed.Length, 1));
        }));
    }

    private static void AgreesWithSystemTextJson(string text)
    {
        var data = Encoding.UTF8.GetBytes(text);
        var only = Assert.Single(Some.All(data));
        JsonValueKind? expected = null;
        try
        {
            using var document = JsonDocument.Parse(data, new() { MaxDepth = 64 });
            expected = document.RootElement.ValueKind;
        }
        catch (JsonException)
        {
            Assert.False(only.IsEvent, text);
            Assert.True(only.Malformed.Reason is MalformedReason.NotJson or MalformedReason.Empty or MalformedReason.NumberNotFinite, $"{only.Malformed}: {text}");
            return;
        }

        if (!only.IsEvent && only.Malformed.Reason == MalformedReason.NumberNotFinite)
        {
            Assert.Matches("[eE][+]?[0-9]{3,}", text);
            return;
        }

        Assert.True(only.IsEvent == (expected == JsonValueKind.Object), $"{only.Malformed}: {text}");
    }

    private static void ReadAll(byte[] data)
    {
        var count = 0;
        foreach (ref readonly var user in Some.Reader.Read(data))
        {
            Assert.Equal(count++, user.SubSequenceNumber);
            if (!user.IsEvent)
            {
                continue;
            }

            Assert.InRange(user.Event.Timestamp ?? DateTimeOffset.UnixEpoch, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
            foreach (var field in Enum.GetValues<EventField>())
            {
                var text = user.Event.Text(field);
                Assert.Equal(text.IsPresent && text.MaxLength > 0, text.ToString().Length > 0);
                user.Event.TryGetNumber(field, out _);
            }
        }

        Assert.NotEqual(0, count);
    }
}
