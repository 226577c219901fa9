using System.Text.Json;
using System.Text.Json.Nodes;
using Analytics.Events.Patterns;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Events.Tests.Patterns;

public sealed class PatternPropertyTests
{
    private static readonly Gen<string> Scalars = Gen.Elements("1", "2.0", "\"a\"", "\"ab\"", "\"\\u0061\"", "true", "false", "null", "\"\"");

    [Fact]
    public void ScalarMatchesEqualScalars() =>
        Prop.ForAll(Gen.Zip(Scalars, Scalars).ToArbitrary(), pair =>
        {
            var (asked, given) = pair;
            var pattern = ForKey($"[{asked}]");
            var matches = pattern.MatchesRecord(new PatternRecord { Data = Some.Utf8($$"""{"k":{{given}}}""") });
            return matches == JsonNode.DeepEquals(JsonNode.Parse(asked), JsonNode.Parse(given));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnythingButIsTheNegationOfItsValuesForAScalar() =>
        Prop.ForAll(Gen.Zip(Gen.Elements("1", "\"a\"", "\"ab\"", "2"), Scalars).ToArbitrary(), pair =>
        {
            var (asked, given) = pair;
            var record = Some.Utf8($$"""{"k":{{given}}}""");
            var exact = ForKey($"[{asked}]");
            var contrary = ForKey($"[{{\"anything-but\":{asked}}}]");
            return exact.MatchesRecord(new PatternRecord { Data = record }) != contrary.MatchesRecord(new PatternRecord { Data = record });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AWildcardIsARegularExpression()
    {
        var text = Gen.ArrayOf(Gen.Elements('a', 'b', '*')).Select(letters => new string(letters)).Where(value => !value.Contains("**"));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Gen.Zip(text, text).ToArbitrary(), pair =>
        {
            var (wildcard, value) = pair;
            var pattern = ForKey($"[{{\"wildcard\":\"{wildcard}\"}}]");
            var expected = System.Text.RegularExpressions.Regex.IsMatch(value, "^" + wildcard.Replace("*", ".*") + "$");
            return pattern.MatchesRecord(new PatternRecord { Data = Some.Utf8($$"""{"k":"{{value}}"}""") }) == expected;
        }));
    }

    [Fact]
    public void ANetworkIsAPrefixOfBits()
    {
        var address = Gen.Elements(4, 16).SelectMany(length => Gen.ArrayOf(Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 255)), length));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
            Gen.Zip(address, Gen.Zip(Gen.Choose(0, 127), Gen.Choose(0, 127))).ToArbitrary(),
            drawn =>
            {
                var (numbers, (length, flipped)) = drawn;
                byte[] bytes = [.. numbers.Select(value => (byte)value)];
                (length, flipped) = (length % (bytes.Length * 8), flipped % (bytes.Length * 8));
                bytes[0] |= 0x20;
                byte[] other = [.. bytes];
                other[flipped / 8] ^= (byte)(0x80 >> (flipped % 8));
                var pattern = ForKey($"[{{\"cidr\":\"{new System.Net.IPAddress(bytes)}/{length}\"}}]");

                bool Matches(byte[] tried) => pattern.MatchesRecord(new PatternRecord { Data = Some.Utf8($$"""{"k":"{{GetText(tried)}}"}""") });
                return Matches(bytes) && Matches(other) == (flipped >= length);
            }));

        // IPAddress writes an address that begins with 96 zero bits with an IPv4 ending, which EventBridge does not read.
        static string GetText(byte[] bytes) => bytes.Length == 4 || bytes[0] != 0
            ? new System.Net.IPAddress(bytes).ToString()
            : string.Join(':', bytes.Chunk(2).Select(pair => Convert.ToHexString(pair)));
    }

    [Fact]
    public void ParserThrowsNoOtherException() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(20), Prop.ForAll(
            Gen.ArrayOf(Gen.Elements("{", "}", "[", "]", ",", ":", "\"$or\":", "\"a\":", "\"data\":{", "[{\"numeric\":", "[\">\",1]", "{\"prefix\":",
                "{\"anything-but\":", "{\"exists\":true}", "\"x\"", "1", "null", "\"\\ud800\"", "{\"a\":[1]}", "{\"wildcard\":\"*\"}",
                "\"a.b\":", "\"data.a\":", "\".\":", "{\"cidr\":\"::/0\"}", "{\"exactly\":\"x\"}")).Select(string.Concat).ToArbitrary(),
            text =>
            {
                foreach (var target in Enum.GetValues<PatternTarget>())
                {
                    try
                    {
                        Pattern.Parse(Some.Utf8(text), target);
                        JsonDocument.Parse(text).Dispose();
                    }
                    catch (PatternException exception)
                    {
                        Assert.NotEmpty(exception.Message);
                    }
                }
            }));

    [Fact]
    public void NoDataMakesAPatternThrow()
    {
        var pattern = Pattern.Parse("""{"data":{"a":[{"prefix":"x"},{"numeric":["<",1]}],"$or":[{"b":{"c":[1]}},{"b":{"d":[{"exists":false}]}}]}}"""u8, PatternTarget.Record);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(30), Prop.ForAll(
            Gen.ArrayOf(Gen.Elements("{", "}", "[", "]", ",", ":", "\"a\":", "\"b\":{", "\"c\":1", "\"x\"", "1e400", "-", "\"\\u0061\":", "\"\\ud83d\"", "null", "\0")).Select(string.Concat).ToArbitrary(),
            data =>
            {
                pattern.MatchesRecord(new PatternRecord { Data = Some.Utf8(data) });
            }));
    }

    private static Pattern ForKey(string conditions) =>
        Pattern.Parse(Some.Utf8("{\"data\":{\"k\":" + conditions + "}}"), PatternTarget.Record);
}
