using Analytics.Events.Patterns;

namespace Analytics.Events.Tests.Patterns;

public sealed class PatternParseTests
{
    [Theory]
    [InlineData("""[]""", "", "expected an object, found an array")]
    [InlineData("""{}""", "", "at least one key")]
    [InlineData("""{"a":{}}""", "a", "at least one key")]
    [InlineData("""{"a":"x"}""", "a", "expected an array of conditions or an object, found a string")]
    [InlineData("""{"a":[]}""", "a", "at least one condition")]
    [InlineData("""{"a":["x",["y"]]}""", "a[1]", "found an array")]
    [InlineData("""{"a":{"b":[1,{}]}}""", "a.b[1]", "expected an operator")]
    [InlineData("""{"a":[{"contains":"x"}]}""", "a[0].contains", "not an operator; expected prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists, cidr or exactly.")]
    [InlineData("""{"a":[{"exactly":1}]}""", "a[0].exactly", "expected a string, found a number")]
    [InlineData("""{"a":[{"exactly":"x","cidr":"::/0"}]}""", "a[0]", "the only key of its object")]
    [InlineData("""{"a":[{"cidr":7}]}""", "a[0].cidr", "expected a string, found a number")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0"}]}""", "a[0].cidr", "expected a network such as")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/32"}]}""", "a[0].cidr", "up to /31")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/-1"}]}""", "a[0].cidr", "expected a network such as")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/"}]}""", "a[0].cidr", "expected a network such as")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/8/8"}]}""", "a[0].cidr", "expected a network such as")]
    [InlineData("""{"a":[{"cidr":"10.0.0/8"}]}""", "a[0].cidr", "expected a network such as")]
    [InlineData("""{"a":[{"cidr":"example.com/8"}]}""", "a[0].cidr", "expected a network such as")]
    [InlineData("""{"a":[{"cidr":"2001:db8::/128"}]}""", "a[0].cidr", "up to /127")]
    [InlineData("""{"a":[{"anything-but":{"cidr":"10.0.0.0/8"}}]}""", "a[0].anything-but.cidr", "not an operator; expected prefix, suffix, equals-ignore-case or wildcard.")]
    [InlineData("""{"a":[{"prefix":1}]}""", "a[0].prefix", "expected a string, found a number")]
    [InlineData("""{"a":[{"prefix":{"suffix":"x"}}]}""", "a[0].prefix", "equals-ignore-case alone")]
    [InlineData("""{"a":[{"prefix":{"equals-ignore-case":"x","b":1}}]}""", "a[0].prefix", "equals-ignore-case alone")]
    [InlineData("""{"a":[{"prefix":"x","suffix":"y"}]}""", "a[0]", "the only key of its object")]
    [InlineData("""{"a":[{"exists":1}]}""", "a[0].exists", "expected true or false")]
    [InlineData("""{"a":[{"equals-ignore-case":["x"]}]}""", "a[0].equals-ignore-case", "expected a string")]
    [InlineData("""{"a":[{"wildcard":"a**b"}]}""", "a[0].wildcard", "two asterisks")]
    [InlineData("""{"a":[{"wildcard":"a\\b"}]}""", "a[0].wildcard", "backslash")]
    [InlineData("""{"a":[{"wildcard":"a\\"}]}""", "a[0].wildcard", "backslash")]
    [InlineData("""{"a":[{"anything-but":[]}]}""", "a[0].anything-but", "at least one value")]
    [InlineData("""{"a":[{"anything-but":["x",true]}]}""", "a[0].anything-but[1]", "expected a string or a number")]
    [InlineData("""{"a":[{"anything-but":{}}]}""", "a[0].anything-but", "empty object")]
    [InlineData("""{"a":[{"anything-but":{"numeric":["=",1]}}]}""", "a[0].anything-but.numeric[0]", "not an operator")]
    [InlineData("""{"a":[{"anything-but":{"prefix":"x","suffix":"y"}}]}""", "a[0].anything-but", "the only key of its object")]
    [InlineData("""{"a":[{"anything-but":{"suffix":["x",1]}}]}""", "a[0].anything-but.suffix[1]", "expected a string")]
    [InlineData("""{"a":[{"numeric":5}]}""", "a[0].numeric", "expected an array such as")]
    [InlineData("""{"a":[{"numeric":[]}]}""", "a[0].numeric[0]", "expected one of")]
    [InlineData("""{"a":[{"numeric":["!=",5]}]}""", "a[0].numeric[0]", "expected one of")]
    [InlineData("""{"a":[{"numeric":[">","5"]}]}""", "a[0].numeric[1]", "expected a number")]
    [InlineData("""{"a":[{"numeric":[">",1e40]}]}""", "a[0].numeric[1]", "too large")]
    [InlineData("""{"a":[{"numeric":["=",5,"<",6]}]}""", "a[0].numeric", "a lower bound")]
    [InlineData("""{"a":[{"numeric":["<",5,">",6]}]}""", "a[0].numeric", "a lower bound")]
    [InlineData("""{"a":[{"numeric":[">",5,"<",5]}]}""", "a[0].numeric[2]", "above the lower bound")]
    [InlineData("""{"a":[{"numeric":[">",5,">",9]}]}""", "a[0].numeric[2]", "expected < or <=")]
    [InlineData("""{"a":[{"numeric":[">",5,"<",9,"<",10]}]}""", "a[0].numeric", "at most two")]
    [InlineData("""{"$or":{}}""", "$or", "an array of patterns")]
    [InlineData("""{"$or":[]}""", "$or", "at least one pattern")]
    [InlineData("""{"$or":[{"a":[1]},5]}""", "$or[1]", "expected a pattern, found a number")]
    [InlineData("""{"$or":[{"a":[1]},{"b":[]}]}""", "$or[1].b", "at least one condition")]
    [InlineData("""{"a":[1],"a":[2]}""", "a", "given twice")]
    [InlineData("""{"a":{"b":[1]},"a":{"c":[2]}}""", "a", "given twice")]
    [InlineData("""{"$or":[{"a":[1]},{"b":[1]}],"$or":[{"c":[1]},{"d":[1]}]}""", "$or", "given twice")]
    [InlineData("""{"$or":[{"a":[1],"a":[2]}]}""", "$or[0].a", "given twice")]
    [InlineData("""{"a":[1],"$or":[{"b":[1]},{"a":[2]}]}""", "$or[1].a", "also has conditions outside")]
    [InlineData("""{"$or":[{"b":[1]},{"a":[2]}],"a":[1]}""", "a", "also has conditions outside")]
    [InlineData("""{"a":{"b":[1]},"$or":[{"a":{"b":[2]}},{"c":[1]}]}""", "$or[0].a.b", "also has conditions outside")]
    [InlineData("""{"a":[1],"$or":[{"$or":[{"a":[2]},{"b":[1]}]},{"c":[1]}]}""", "$or[0].$or[0].a", "also has conditions outside")]
    [InlineData("""{"a":{"b":[1]},"a.b":[2]}""", "a.b", "also has conditions outside")]
    [InlineData("""{"a.b":[1],"$or":[{"a":{"b":[2]}},{"c":[1]}]}""", "$or[0].a.b", "also has conditions outside")]
    [InlineData("""{"a":{"b.c":[1]},"a.b":{"c":[2]}}""", "a.b.c", "also has conditions outside")]
    [InlineData("""{"a":["\ud800"]}""", "a[0]", "not valid Unicode")]
    [InlineData("""{"a":[1]} x""", "", "not valid JSON at line 1, byte 11")]
    [InlineData("", "", "not valid JSON")]
    public void ErrorNamesItsPathAndTheExpectedValue(string pattern, string path, string fault)
    {
        var exception = Assert.Throws<PatternException>(() => Pattern.Parse(Some.Utf8(pattern), PatternTarget.Record));

        Assert.Equal(path, exception.Path);
        Assert.Contains(fault, exception.Fault);
        Assert.Equal(path.Length == 0 ? exception.Fault : $"{path}: {exception.Fault}", exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData("""{"userId":["x"]}""", "userId", "not a field of events")]
    [InlineData("""{"$or":[{"userId":["x"]}]}""", "$or[0].userId", "not a field of events")]
    [InlineData("""{"location":{"country":["US"]}}""", "location", "not a field of events")]
    [InlineData("""{"country":{"a":["US"]}}""", "country", "expected an array of conditions, found an object")]
    [InlineData("""{"country":["US",null]}""", "country[1]", "exists")]
    [InlineData("""{"country.a":["US"]}""", "country.a", "not a field of events")]
    [InlineData("""{"data":{"a":[1]},"data.a":[2]}""", "data.a", "also has conditions outside")]
    [InlineData("""{"country":["US"],"$or":[{"country":["CA"]},{"amount":[1]}]}""", "$or[0].country", "also has conditions outside")]
    public void APatternForEventsKnowsTheFields(string pattern, string path, string fault)
    {
        var exception = Assert.Throws<PatternException>(() => Pattern.Parse(Some.Utf8(pattern), PatternTarget.Event));

        Assert.Equal(path, exception.Path);
        Assert.Contains(fault, exception.Fault);
    }

    [Fact]
    public void ALevelHasABoundedNumberOfKeys()
    {
        static string Keys(int count) => "{" + string.Join(",", Enumerable.Range(0, count).Select(index => $"\"k{index}\":[{index}]")) + "}";

        Assert.True(Pattern.Parse(Some.Utf8($$"""{"data":{{Keys(64)}}}"""), PatternTarget.Event).Matches(
            Some.Event("{" + string.Join(",", Enumerable.Range(0, 64).Select(index => $"\"k{index}\":{index}")) + "}")));
        var exception = Assert.Throws<PatternException>(() => Pattern.Parse(Some.Utf8($$"""{"data":{{Keys(65)}}}"""), PatternTarget.Event));
        Assert.Equal("data.k64", exception.Path);
        exception = Assert.Throws<PatternException>(() => Pattern.Parse(Some.Utf8("{\"data\":" + Keys(63)[..^1] + ",\"a.b\":[1]}}"), PatternTarget.Event));
        Assert.Equal("data.a.b", exception.Path);
    }

    [Fact]
    public void AlternativesMayAskForTheSameField()
    {
        var pattern = Pattern.Parse("""{"$or":[{"a":[1],"b":[1]},{"a":[2]}],"c":{"$or":[{"a":[3]},{"b":[3]}]}}"""u8, PatternTarget.Record);

        Assert.NotNull(pattern);
    }
}
