using Analytics.Events.Patterns;

namespace Analytics.Events.Tests.Patterns;

/// <summary>
/// The documented examples of https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
/// and the rules beside them, tested on the producer's own JSON.
/// </summary>
public sealed class PatternMatchTests
{
    [Theory]
    [InlineData("""{"time":[{"prefix":"2017-10-02"}]}""", """{"time":"2017-10-02T18:43:48Z"}""", true)]
    [InlineData("""{"time":[{"prefix":"2017-10-02"}]}""", """{"time":"2017-10-03"}""", false)]
    [InlineData("""{"service":[{"prefix":{"equals-ignore-case":"EventB"}}]}""", """{"service":"eventbridge"}""", true)]
    [InlineData("""{"service":[{"prefix":{"equals-ignore-case":"EventB"}}]}""", """{"service":"even"}""", false)]
    [InlineData("""{"FileName":[{"suffix":".png"}]}""", """{"FileName":"a.png"}""", true)]
    [InlineData("""{"FileName":[{"suffix":".png"}]}""", """{"FileName":"a.PNG"}""", false)]
    [InlineData("""{"FileName":[{"suffix":{"equals-ignore-case":".png"}}]}""", """{"FileName":"a.PNG"}""", true)]
    [InlineData("""{"FileName":[{"suffix":{"equals-ignore-case":".png"}}]}""", """{"FileName":"png"}""", false)]
    [InlineData("""{"state":[{"anything-but":"initializing"}]}""", """{"state":"running"}""", true)]
    [InlineData("""{"state":[{"anything-but":"initializing"}]}""", """{"state":"initializing"}""", false)]
    [InlineData("""{"state":[{"anything-but":"initializing"}]}""", """{}""", false)]
    [InlineData("""{"state":[{"anything-but":"initializing"}]}""", """{"state":null}""", true)]
    [InlineData("""{"x-limit":[{"anything-but":123}]}""", """{"x-limit":123.0}""", false)]
    [InlineData("""{"x-limit":[{"anything-but":123}]}""", """{"x-limit":"123"}""", true)]
    [InlineData("""{"state":[{"anything-but":["stopped","overloaded"]}]}""", """{"state":"running"}""", true)]
    [InlineData("""{"state":[{"anything-but":["stopped","overloaded"]}]}""", """{"state":"overloaded"}""", false)]
    [InlineData("""{"x-limit":[{"anything-but":[100,200,300]}]}""", """{"x-limit":2e2}""", false)]
    [InlineData("""{"state":[{"anything-but":{"prefix":"init"}}]}""", """{"state":"initializing"}""", false)]
    [InlineData("""{"state":[{"anything-but":{"prefix":["init","error"]}}]}""", """{"state":"errored"}""", false)]
    [InlineData("""{"state":[{"anything-but":{"prefix":["init","error"]}}]}""", """{"state":"running"}""", true)]
    [InlineData("""{"FileName":[{"anything-but":{"suffix":[".txt",".rtf"]}}]}""", """{"FileName":"a.rtf"}""", false)]
    [InlineData("""{"FileName":[{"anything-but":{"suffix":".txt"}}]}""", """{"FileName":"a.rtf"}""", true)]
    [InlineData("""{"state":[{"anything-but":{"equals-ignore-case":["INITIALIZING","stopped"]}}]}""", """{"state":"Initializing"}""", false)]
    [InlineData("""{"FileName":[{"anything-but":{"wildcard":"*/lib/*"}}]}""", """{"FileName":"usr/lib/x"}""", false)]
    [InlineData("""{"FileName":[{"anything-but":{"wildcard":["*/lib/*","*/bin/*"]}}]}""", """{"FileName":"usr/share/x"}""", true)]
    [InlineData("""{"c":[{"numeric":[">",0,"<=",5]}]}""", """{"c":5}""", true)]
    [InlineData("""{"c":[{"numeric":[">",0,"<=",5]}]}""", """{"c":0}""", false)]
    [InlineData("""{"c":[{"numeric":[">",0,"<=",5]}]}""", """{"c":5.000001}""", false)]
    [InlineData("""{"c":[{"numeric":["<",10]}]}""", """{"c":-1e300}""", true)]
    [InlineData("""{"c":[{"numeric":[">",10]}]}""", """{"c":1e300}""", true)]
    [InlineData("""{"c":[{"numeric":["=",3.018e2]}]}""", """{"c":301.8}""", true)]
    [InlineData("""{"c":[{"numeric":["=",0.3]}]}""", """{"c":0.30000000000000004}""", false)]
    [InlineData("""{"c":[{"numeric":[">=",1]}]}""", """{"c":1}""", true)]
    [InlineData("""{"c":[{"numeric":["=",1]}]}""", """{"c":"1"}""", false)]
    [InlineData("""{"c":[{"numeric":["<",1]}]}""", """{"c":true}""", false)]
    [InlineData("""{"c":[300]}""", """{"c":300.0}""", true)]
    [InlineData("""{"c":[300]}""", """{"c":"300"}""", false)]
    [InlineData("""{"c":["300"]}""", """{"c":300}""", false)]
    [InlineData("""{"c":["a","b"]}""", """{"c":"b"}""", true)]
    [InlineData("""{"c":["a"]}""", """{"c":"A"}""", false)]
    [InlineData("""{"c":[""]}""", """{"c":""}""", true)]
    [InlineData("""{"c":[true]}""", """{"c":true}""", true)]
    [InlineData("""{"c":[true]}""", """{"c":"true"}""", false)]
    [InlineData("""{"c":[false]}""", """{"c":true}""", false)]
    [InlineData("""{"c":[null]}""", """{"c":null}""", true)]
    [InlineData("""{"c":[null]}""", """{}""", false)]
    [InlineData("""{"c":[null]}""", """{"c":"null"}""", false)]
    [InlineData("""{"detail-type":[{"equals-ignore-case":"ec2 instance STATE-change Notification"}]}""", """{"detail-type":"EC2 Instance State-change Notification"}""", true)]
    [InlineData("""{"c":[{"equals-ignore-case":"ÄRGER"}]}""", """{"c":"ärger"}""", true)]
    [InlineData("""{"c":[{"prefix":{"equals-ignore-case":"är"}}]}""", """{"c":"ÄRGER"}""", true)]
    [InlineData("""{"c":[{"suffix":{"equals-ignore-case":"ÜR"}}]}""", """{"c":"tür"}""", true)]
    [InlineData("""{"c":[{"equals-ignore-case":"a"}]}""", """{"c":1}""", false)]
    [InlineData("""{"path":[{"wildcard":"dir/*.png"}]}""", """{"path":"dir/a/b.png"}""", true)]
    [InlineData("""{"path":[{"wildcard":"dir/*.png"}]}""", """{"path":"dir/.pn"}""", false)]
    [InlineData("""{"path":[{"wildcard":"a*b*c"}]}""", """{"path":"abc"}""", true)]
    [InlineData("""{"path":[{"wildcard":"a*bb*b"}]}""", """{"path":"abb"}""", false)]
    [InlineData("""{"path":[{"wildcard":"ab*ba"}]}""", """{"path":"aba"}""", false)]
    [InlineData("""{"path":[{"wildcard":"*"}]}""", """{"path":""}""", true)]
    [InlineData("""{"path":[{"wildcard":"abc"}]}""", """{"path":"abcd"}""", false)]
    [InlineData("""{"path":[{"wildcard":"a\\*b\\\\*"}]}""", """{"path":"a*b\\x"}""", true)]
    [InlineData("""{"path":[{"wildcard":"a\\*b"}]}""", """{"path":"axb"}""", false)]
    [InlineData("""{"path":[{"wildcard":"*x*"}]}""", """{"path":5}""", false)]
    public void OperatorBehavesAsDocumented(string pattern, string json, bool expected) => AssertData(pattern, json, expected);

    [Theory]
    [InlineData("""{"state":[{"exists":true}]}""", """{"state":"a"}""", true)]
    [InlineData("""{"state":[{"exists":true}]}""", """{"state":null}""", true)]
    [InlineData("""{"state":[{"exists":true}]}""", """{}""", false)]
    [InlineData("""{"state":[{"exists":false}]}""", """{}""", true)]
    [InlineData("""{"state":[{"exists":false}]}""", """{"state":""}""", false)]
    [InlineData("""{"state":[{"exists":true}]}""", """{"state":{"a":1}}""", false)]
    [InlineData("""{"state":[{"exists":false}]}""", """{"state":{"a":1}}""", true)]
    [InlineData("""{"state":[{"exists":true}]}""", """{"state":[]}""", false)]
    [InlineData("""{"state":[{"exists":false}]}""", """{"state":[]}""", true)]
    [InlineData("""{"state":[{"exists":true}]}""", """{"state":[1]}""", true)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", """{}""", true)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", """{"a":7}""", true)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", """{"a":{"c":1}}""", true)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", """{"a":{"b":1}}""", false)]
    [InlineData("""{"a":{"b":[{"exists":false}],"c":[1]}}""", """{"a":7}""", false)]
    [InlineData("""{"a":[{"exists":false},"x"]}""", """{"a":"x"}""", true)]
    [InlineData("""{"a":[{"exists":false},"x"]}""", """{"a":"y"}""", false)]
    public void ExistsIsAboutScalars(string pattern, string json, bool expected) => AssertData(pattern, json, expected);

    [Theory]
    [InlineData("""{"a":["x"]}""", """{"a":["y","x"]}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":[["y"],["x"]]}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":["y"]}""", false)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":["x","y"]}""", true)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":["x"]}""", false)]
    [InlineData("""{"a":{"b":["x"],"c":[1]}}""", """{"a":[{"b":"x","c":2},{"b":"x","c":1}]}""", true)]
    [InlineData("""{"a":{"b":["x"],"c":[1]}}""", """{"a":[{"b":"x","c":2},{"b":"y","c":1}]}""", false)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":{"b":"y"},"c":{"b":"x"}}""", false)]
    [InlineData("""{"a":{"b":{"c":["x"]}}}""", """{"a":{"z":[1,{"q":2}],"b":{"c":"x"}}}""", true)]
    [InlineData("""{"a":["x"],"b":["y"]}""", """{"b":"y","a":"x"}""", true)]
    [InlineData("""{"a":["x"],"b":["y"]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":["x"]}""", """{"a":"y","a":"x"}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":"x","a":"y"}""", false)]
    [InlineData("""{"é\"b":["ü"]}""", """{"\u00e9\"b":"\u00fc"}""", true)]
    public void EveryKeyMustMatchAndAnyElementOfAnArrayDoes(string pattern, string json, bool expected) => AssertData(pattern, json, expected);

    [Theory]
    [InlineData("""{"c-count":5}""", true)]
    [InlineData("""{"d-count":9}""", true)]
    [InlineData("""{"x-limit":3.018e2}""", true)]
    [InlineData("""{"x-limit":300}""", false)]
    [InlineData("""{"c-count":0,"d-count":10}""", false)]
    public void OrNeedsOneOfItsAlternatives(string json, bool expected) => AssertData(
        """{"$or":[{"c-count":[{"numeric":[">",0,"<=",5]}]},{"d-count":[{"numeric":["<",10]}]},{"x-limit":[{"numeric":["=",3.018e2]}]}]}""", json, expected);

    [Theory]
    [InlineData("""{"a":"1","b":"2"}""", true)]
    [InlineData("""{"a":"1","c":{"d":"4"}}""", true)]
    [InlineData("""{"a":"1","c":{"d":"5","e":"6"}}""", true)]
    [InlineData("""{"a":"1","c":{"d":"5"}}""", false)]
    [InlineData("""{"b":"2"}""", false)]
    public void OrCombinesWithOtherKeysAndNests(string json, bool expected) => AssertData(
        """{"a":["1"],"$or":[{"b":["2"]},{"c":{"d":["4"]}},{"$or":[{"x":["9"]},{"c":{"d":["5"],"e":["6"]}}]}]}""", json, expected);

    [Theory]
    [InlineData("10.0.0.0/24", "10.0.0.0", true)]
    [InlineData("10.0.0.0/24", "10.0.0.255", true)]
    [InlineData("10.0.0.0/24", "10.0.1.0", false)]
    [InlineData("10.0.0.0/24", "9.255.255.255", false)]
    [InlineData("10.0.0.77/24", "10.0.0.5", true)]
    [InlineData("10.0.0.0/31", "10.0.0.1", true)]
    [InlineData("10.0.0.0/31", "10.0.0.2", false)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "10.0.0.1", false)]
    [InlineData("0.0.0.0/0", "256.0.0.1", false)]
    [InlineData("0.0.0.0/0", "1.2.3", false)]
    [InlineData("0.0.0.0/0", "1.2.3.4.5", false)]
    [InlineData("0.0.0.0/0", "1.2.3.", false)]
    [InlineData("0.0.0.0/0", "0x1.2.3.4", false)]
    [InlineData("0.0.0.0/0", "0001.2.3.4", false)]
    [InlineData("0.0.0.0/0", "1.2.3.4/8", false)]
    [InlineData("0.0.0.0/0", " 1.2.3.4", false)]
    [InlineData("0.0.0.0/0", "", false)]
    [InlineData("8.0.0.0/8", "010.0.0.1", false)]
    [InlineData("10.0.0.0/8", "010.0.0.1", true)]
    [InlineData("10.0.0.0/8", "::ffff:a00:1", true)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:0DB8:0:0:0:0:0:1", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("::/0", "::", true)]
    [InlineData("::/0", "1::2::3", false)]
    [InlineData("::/0", "1:::2", false)]
    [InlineData("::/0", ":1:2:3:4:5:6:7", false)]
    [InlineData("::/0", "1:2:3:4:5:6:7", false)]
    [InlineData("::/0", "1:2:3:4:5:6:7:8", true)]
    [InlineData("::/0", "1:2:3:4:5:6:7::", true)]
    [InlineData("::/0", "1:2:3:4:5:6:7:8::", false)]
    [InlineData("::/0", "1:2:3:4:5:6:7:8:9", false)]
    [InlineData("::/0", "12345::", false)]
    [InlineData("::/0", "g::", false)]
    [InlineData("::/0", "fe80::1%eth0", false)]
    public void ANetworkHoldsItsAddresses(string network, string address, bool expected) =>
        AssertData($$"""{"ip":[{"cidr":"{{network}}"}]}""", $$"""{"ip":"{{address}}"}""", expected);

    [Theory]
    [InlineData("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":["x","10.0.0.1"]}""", true)]
    [InlineData("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":"1\u002e2.3.4"}""", true)]
    [InlineData("""{"ip":[{"cidr":"0.0.0.0/0"}]}""", """{"ip":1}""", false)]
    [InlineData("""{"ip":[{"exactly":"a"}]}""", """{"ip":"a"}""", true)]
    [InlineData("""{"ip":[{"exactly":"a"}]}""", """{"ip":"A"}""", false)]
    [InlineData("""{"n":[{"exactly":"1"}]}""", """{"n":1}""", false)]
    public void AnAddressAndAnExactTextAreStrings(string pattern, string json, bool expected) => AssertData(pattern, json, expected);

    [Theory]
    [InlineData("""{"a.b":["x"]}""", """{"a":{"b":"x"}}""", true)]
    [InlineData("""{"a.b":["x"]}""", """{"a.b":"x"}""", true)]
    [InlineData("""{"a.b":["x"]}""", """{"a":{"b":"y"},"a.b":"x"}""", true)]
    [InlineData("""{"a.b":["x"]}""", """{"a":{"b":"y"},"a.b":"y"}""", false)]
    [InlineData("""{"a.b":["x"]}""", """{"b":"x"}""", false)]
    [InlineData("""{"a.b":["x"]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a.b.c":["x"]}""", """{"a":{"b":{"c":"x"}}}""", true)]
    [InlineData("""{"a.b.c":["x"]}""", """{"a":{"b.c":"x"}}""", true)]
    [InlineData("""{"a.b.c":["x"]}""", """{"a.b.c":"x"}""", true)]
    [InlineData("""{"a.b":{"c":["x"],"d":[1]}}""", """{"a":{"b":{"c":"x","d":1}}}""", true)]
    [InlineData("""{"a.b":{"c":["x"],"d":[1]}}""", """{"a":{"b":{"c":"x","d":2}}}""", false)]
    [InlineData("""{"a":{"b.c":["x"]}}""", """{"a":{"b":{"c":"x"}}}""", true)]
    [InlineData("""{"a.b":[{"exists":false}]}""", """{"a":{"c":1}}""", true)]
    [InlineData("""{"a.b":[{"exists":false}]}""", """{"a":{"b":1}}""", false)]
    [InlineData("""{"a.b":[{"exists":false}]}""", """{"a.b":1}""", false)]
    [InlineData("""{"a.b":[{"anything-but":"x"}]}""", """{}""", false)]
    [InlineData("""{"a.b":[{"anything-but":"x"}]}""", """{"a":{"b":"y"}}""", true)]
    [InlineData("""{"a.b":["x"],"a.c":["y"]}""", """{"a":{"b":"x","c":"y"}}""", true)]
    [InlineData("""{"a.b":["x"],"a.c":["y"]}""", """{"a":{"b":"x"}}""", false)]
    [InlineData("""{"$or":[{"a.b":["x"]},{"c.d":["y"]}]}""", """{"c":{"d":"y"}}""", true)]
    [InlineData("""{"$or":[{"a.b":["x"]},{"c.d":["y"]}]}""", """{"c":{"d":"z"}}""", false)]
    public void AKeyWithADotIsANestedFieldOrOneOfThatName(string pattern, string json, bool expected) => AssertData(pattern, json, expected);

    [Theory]
    [InlineData("""{"data.a":["x"]}""", """{"a":"x"}""", true)]
    [InlineData("""{"data.a":["x"]}""", """{"a":"y"}""", false)]
    [InlineData("""{"data.a.b":["x"]}""", """{"a":{"b":"x"}}""", true)]
    [InlineData("""{"data.a.b":["x"]}""", """{"a.b":"x"}""", true)]
    [InlineData("""{"data.a":{"b":["x"]}}""", """{"a":{"b":"x"}}""", true)]
    [InlineData("""{"data.a":[{"exists":false}]}""", """{"a":"x"}""", false)]
    [InlineData("""{"$or":[{"data.a":["x"]},{"data.b":["x"]}]}""", """{"b":"x"}""", true)]
    public void ADotFollowsDataAtTheTopToo(string pattern, string json, bool expected)
    {
        Assert.Equal(expected, ForEvents(pattern).Matches(Some.Event(json)));
        Assert.Equal(expected, Pattern.Parse(Some.Utf8(pattern), PatternTarget.Record).MatchesRecord(new PatternRecord { Data = Some.Utf8(json) }));
    }

    [Fact]
    public void CanonicalFieldsAreMatchedInAnyDialect()
    {
        var pattern = ForEvents("""{"event_type":["purchase"],"amount":[{"numeric":[">",500]}]}""");

        Assert.True(pattern.Matches(Some.Event("""{"event_type":"purchase","amount":500.01}""")));
        Assert.True(pattern.Matches(Some.Event("""{"eventType":"purchase","amount":1000}""")));
        Assert.True(pattern.Matches(Some.Event("""{"event_type":"purchase","data":{"amount":501}}""")));
        Assert.True(pattern.Matches(Some.Event("""{"order_id":"o","amount":501}""")));
        Assert.True(pattern.Matches(Some.Event("""{"event_type":"purch\u0061se","amount":"501"}""")));
        Assert.False(pattern.Matches(Some.Event("""{"event_type":"purchase","amount":500}""")));
        Assert.False(pattern.Matches(Some.Event("""{"event_type":"purchase","amount":"many"}""")));
        Assert.False(pattern.Matches(Some.Event("""{"event_type":"refund","amount":501}""")));
        Assert.False(pattern.Matches(Some.Event("""{"event_type":"purchase"}""")));
    }

    [Theory]
    [InlineData("""{"error_code":["500"]}""", """{"error_code":500}""", true)]
    [InlineData("""{"error_code":[500]}""", """{"error_code":"500"}""", true)]
    [InlineData("""{"error_code":[{"prefix":"5"}]}""", """{"error_code":503}""", true)]
    [InlineData("""{"currency":[{"exists":false}]}""", """{"currency":null}""", true)]
    [InlineData("""{"currency":[{"exists":true}]}""", """{"currency":{}}""", false)]
    [InlineData("""{"currency":[{"anything-but":"USD"}]}""", """{"currency":null}""", false)]
    [InlineData("""{"event_type":["unknown"]}""", """{}""", true)]
    [InlineData("""{"event_type":[{"exists":true}]}""", """{}""", true)]
    [InlineData("""{"message":[true]}""", """{"message":true}""", true)]
    [InlineData("""{"$or":[{"user_id":["a"]},{"session_id":["s"]}]}""", """{"session_id":"s"}""", true)]
    [InlineData("""{"$or":[{"user_id":["a"]},{"session_id":["s"]}]}""", """{"user_id":"b"}""", false)]
    [InlineData("""{"event_type":["a"],"data":{"x":{"y":[1]}}}""", """{"event_type":"a","x":{"y":1}}""", true)]
    [InlineData("""{"event_type":["a"],"data":{"x":{"y":[1]}}}""", """{"event_type":"a","x":{"y":2}}""", false)]
    [InlineData("""{"data":{"data":{"page":["/"]}}}""", """{"event_type":"a","data":{"page":"/"}}""", true)]
    public void AFieldIsTextAndNumberAlikeAndDataIsTheProducersJson(string pattern, string json, bool expected) =>
        Assert.Equal(expected, ForEvents(pattern).Matches(Some.Event(json)));

    [Fact]
    public void ALongEscapedTextIsMatchedToo()
    {
        var text = new string('x', 2000);
        var pattern = ForEvents($$"""{"message":["{{text}}é"]}""");
        Assert.True(pattern.Matches(Some.Event($$"""{"message":"{{text}}\u00e9"}""")));
        Assert.False(pattern.Matches(Some.Event($$"""{"message":"{{text}}\u00e8"}""")));
    }

    [Fact]
    public void MatchingDoesNotAllocate()
    {
        var pattern = ForEvents("""{"event_type":["purchase"],"amount":[{"numeric":[">",500]}],"user_id":[{"prefix":"u"}],"data":{"x":[{"anything-but":"y"}],"ip":[{"cidr":"2001:db8::/32"}],"p.q":[1]}}""");
        var read = Some.Event("""{"event_type":"purch\u0061se","amount":1000,"user_id":"u-1","x":["z"],"ip":"2001:db8::1","p":{"q":1}}""");
        Assert.True(pattern.Matches(in read));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            pattern.Matches(in read);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static Pattern ForEvents(string pattern) => Pattern.Parse(Some.Utf8(pattern), PatternTarget.Event);

    /// <summary>The same pattern over the same JSON gives one answer, be it an event's or a record's.</summary>
    private static void AssertData(string pattern, string json, bool expected)
    {
        var utf8 = Some.Utf8($$"""{"data":{{pattern}}}""");
        Assert.Equal(expected, Pattern.Parse(utf8, PatternTarget.Event).Matches(Some.Event(json)));
        Assert.Equal(expected, Pattern.Parse(utf8, PatternTarget.Record).MatchesRecord(new PatternRecord { Data = Some.Utf8(json) }));
    }
}
