using Amazon.DynamoDBv2.Model;
using Analytics.Cli.Run;

namespace Analytics.Cli.Tests.Run;

public sealed class ItemJsonTests
{
    [Fact]
    public void EveryKindOfAttributeIsPlainJson()
    {
        var item = new Dictionary<string, AttributeValue>
        {
            ["text"] = new() { S = "é \"quoted\"" },
            ["number"] = new() { N = "12345678901234567890.5" },
            ["flag"] = new() { BOOL = false },
            ["nothing"] = new() { NULL = true },
            ["bytes"] = new() { B = new MemoryStream([1, 2, 3]) },
            ["map"] = new() { M = new() { ["b"] = new() { N = "1" }, ["a"] = new() { S = "" } } },
            ["list"] = new() { L = [new() { N = "1" }, new() { S = "x" }] },
            ["texts"] = new() { SS = ["a", "b"] },
            ["numbers"] = new() { NS = ["1", "2.5"] },
        };

        Assert.Equal(
            """{"bytes":"AQID","flag":false,"list":[1,"x"],"map":{"a":"","b":1},"nothing":null,"number":12345678901234567890.5,"numbers":[1,2.5],"text":"é \"quoted\"","texts":["a","b"]}""",
            ItemJson.Write(item));
    }
}
