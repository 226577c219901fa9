namespace Analytics.Events.Tests.Reading;

public sealed class PrecedenceTests
{
    [Theory]
    [InlineData("""{"user_id":"a","userId":"b"}""", "a")]
    [InlineData("""{"userId":"b","user_id":"a"}""", "a")]
    [InlineData("""{"data":{"user_id":"b"},"userId":"a"}""", "a")]
    [InlineData("""{"userId":"a","data":{"user_id":"b"}}""", "a")]
    [InlineData("""{"user_id":null,"data":{"user_id":"a"}}""", "a")]
    [InlineData("""{"data":{"user_id":"a"},"user_id":null}""", "a")]
    [InlineData("""{"data":{"user_id":"a"},"user_id":{"x":1}}""", "a")]
    [InlineData("""{"data":{"userId":"b","user_id":"a"}}""", "a")]
    public void TheBetterNameWinsInAnyOrder(string json, string expected) =>
        Assert.Equal(expected, Some.Event(json).Text(EventField.UserId).ToString());

    [Theory]
    [InlineData("""{"data":{"page":"b","page_url":"a"}}""")]
    [InlineData("""{"data":{"pageUrl":"a","page":"b"}}""")]
    [InlineData("""{"page":"b","data":{"page":"a"}}""")]
    public void TheShortNameIsTheLast(string json) => Assert.Equal("a", Some.Event(json).Text(EventField.PageUrl).ToString());

    [Theory]
    [InlineData("""{"user_id":"b","user_id":"a"}""", "a")]
    [InlineData("""{"user_id":"b","user_id":null}""", "")]
    [InlineData("""{"user_id":null,"user_id":"a"}""", "a")]
    [InlineData("""{"user_id":"b","user_id":[1]}""", "")]
    [InlineData("""{"data":{"user_id":"b"},"data":{"user_id":"a"}}""", "a")]
    [InlineData("""{"data":{"user_id":"b"},"data":{}}""", "")]
    [InlineData("""{"data":{"user_id":"b"},"data":7}""", "")]
    [InlineData("""{"data":{"user_id":"b"},"user_id":"a","data":null}""", "a")]
    public void OfANameGivenTwiceTheLastCounts(string json, string expected) =>
        Assert.Equal(expected, Some.Event(json).Text(EventField.UserId).ToString());

    [Theory]
    [InlineData("""{"location":"US","location":{"city":"Rome"}}""", "", "Rome")]
    [InlineData("""{"location":{"city":"Rome","country":"IT"},"location":"US"}""", "US", "")]
    [InlineData("""{"location":{"city":"Rome"},"country":"IT"}""", "IT", "Rome")]
    [InlineData("""{"country":"XX","location":{"country":"IT"}}""", "IT", "")]
    [InlineData("""{"location":null,"data":{"location":{"country":"IT","city":"Rome"}}}""", "IT", "Rome")]
    [InlineData("""{"location":"US","data":{"location":{"country":"IT"}}}""", "US", "")]
    [InlineData("""{"location":["US"]}""", "", "")]
    public void ALocationIsACountryOrAnObject(string json, string country, string city)
    {
        var read = Some.Event(json);
        Assert.Equal((country, city), (read.Text(EventField.Country).ToString(), read.Text(EventField.City).ToString()));
    }

    [Fact]
    public void DuplicateDataThatIsNotAnObjectIsNoEnvelope() =>
        Assert.Equal(EventDialect.FlatSnakeCase, Some.Event("""{"event_type":"a","data":{},"data":1}""").Dialect);

    [Theory]
    [InlineData("""{"\u0065vent_type":"click"}""")]
    [InlineData("""{"\u0065\u0076\u0065\u006e\u0074\u005f\u0074\u0079\u0070\u0065":"click"}""")]
    [InlineData("""{"event_type":"cl\u0069ck"}""")]
    public void EscapesAreResolved(string json)
    {
        var type = Some.Event(json).Text(EventField.EventType);
        Assert.Equal("click", type.ToString());
        Assert.True(type.Equals("click"u8));
        Assert.False(type.Equals("clic"u8));
        Assert.False(type.Equals("clicks"u8));
    }
}
