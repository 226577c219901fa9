using System.Text;
using Analytics.Alerting.Cooldowns;

namespace Analytics.Alerting.Tests.Cooldowns;

public sealed class CooldownKeyTests
{
    [Theory]
    [InlineData("""{"user_id":"ann","city":"Oslo"}""", "ann|Oslo")]
    [InlineData("""{"user_id":"ann"}""", "ann|(none)")]
    [InlineData("""{"city":"Oslo"}""", "(none)|Oslo")]
    [InlineData("""{"user_id":"","city":"Oslo"}""", "|Oslo")]
    [InlineData("""{"user_id":"a|b","city":"c"}""", "a%7Cb|c")]
    [InlineData("""{"user_id":"a%7Cb","city":"(none)"}""", "a%257Cb|%28none)")]
    public void TheKeyIsOfTheValuesOfItsFields(string json, string key) => Assert.Equal(key, Create(json, """ "user_id","city" """));

    [Fact]
    public void ACooldownWithoutFieldsHasOneKey() => Assert.Equal("(all)", Create("""{"user_id":"ann"}""", ""));

    [Theory]
    [InlineData("x", 64, "")]
    [InlineData("x", 65, "(9537c5fdf120482f)")]
    [InlineData("é", 32, "")]
    [InlineData("é", 33, "(f696c24ae52af2f9)")]
    public void ALongValueIsTruncatedAndHasAHash(string character, int length, string hash)
    {
        var text = string.Concat(Enumerable.Repeat(character, length));

        Assert.Equal(hash.Length == 0 ? "" : $"({BoundedKey.Hash(text)})", BoundedKey.Truncate(text, out var kept));
        Assert.Equal(hash.Length == 0 ? text : text[..32], kept);
        Assert.Equal(hash, BoundedKey.Truncate(text, out _));
    }

    [Fact]
    public void ATruncatedValueDoesNotEndWithinACharacter()
    {
        _ = BoundedKey.Truncate(new string('x', 31) + "\U0001F600" + new string('x', 64), out var split);
        _ = BoundedKey.Truncate(new string('x', 30) + "\U0001F600" + new string('x', 64), out var whole);

        Assert.Equal((31, 32), (split.Length, whole.Length));
    }

    [Fact]
    public void TheHashIsTheStartOfSha256() => Assert.Equal("ba7816bf8f01cfea", BoundedKey.Hash("abc"));

    private static string Create(string json, string fields)
    {
        var by = fields.Length == 0 ? "" : $$""","by":[{{fields}}]""";
        var rule = SomeAlerts.Rule($$""","cooldown":{"period":"1h"{{by}}}""");
        var keys = new List<string>();
        foreach (ref readonly var user in Some.Reader.Read(Encoding.UTF8.GetBytes(json)))
        {
            keys.Add(CooldownKey.Create(rule.Cooldown!, user.Event));
        }

        return Assert.Single(keys);
    }
}
