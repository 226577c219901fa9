using Analytics.Events.Reading;

namespace Analytics.Events.Tests.Reading;

public class KnownNameTests
{
    public static readonly TheoryData<string> Anywhere =
    [
        "city", "amount", "userId", "user_id", "pageUrl", "message", "country", "page_url", "location", "referrer", "currency", "loadTime", "timestamp",
        "sessionId", "productId", "load_time", "errorCode", "session_id", "product_id", "deviceType", "error_code", "itemsCount", "device_type",
        "items_count", "pagesViewed", "pages_viewed", "signupMethod", "sessionLength", "signup_method", "schemaVersion", "session_length",
        "schema_version", "campaignSource", "campaign_source",
    ];

    [Theory]
    [MemberData(nameof(Anywhere))]
    public void ANameIsKnownAtTheTopAndInDataAsItIsSpelledOnly(string name)
    {
        Assert.NotEqual(KnownName.None.Slot, KnownName.AtTop(Some.Utf8(name)).Slot);
        Assert.Equal(KnownName.AtTop(Some.Utf8(name)).Slot, KnownName.InData(Some.Utf8(name)).Slot);
        for (var position = 0; position < name.Length; position++)
        {
            var other = Some.Utf8(name);
            other[position] ^= 0x20;
            Assert.Equal(KnownName.None.Slot, KnownName.AtTop(other).Slot);
            Assert.Equal(KnownName.None.Slot, KnownName.InData(other).Slot);
        }
    }

    [Theory]
    [InlineData("country", true)]
    [InlineData("city", true)]
    [InlineData("Country", false)]
    [InlineData("citY", false)]
    [InlineData("amount", false)]
    public void ALocationHasACountryAndACity(string name, bool isKnown) =>
        Assert.Equal(isKnown, KnownName.InLocation(Some.Utf8(name)).Slot != KnownName.None.Slot);
}
