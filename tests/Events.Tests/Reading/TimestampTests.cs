using System.Globalization;

namespace Analytics.Events.Tests.Reading;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("\"2025-08-08\"", "2025-08-08T00:00:00.0000000Z")]
    [InlineData("\"2025-08-08T10:00:00\"", "2025-08-08T10:00:00.0000000Z")]
    [InlineData("\"2025-08-08T10:00\"", "2025-08-08T10:00:00.0000000Z")]
    [InlineData("\"2025-08-08T10:00:00Z\"", "2025-08-08T10:00:00.0000000Z")]
    [InlineData("\"2025-08-08t10:00:00z\"", "2025-08-08T10:00:00.0000000Z")]
    [InlineData("\"2025-08-08 10:00:00\"", "2025-08-08T10:00:00.0000000Z")]
    [InlineData("\"2025-08-08T10:00:00+02:00\"", "2025-08-08T08:00:00.0000000Z")]
    [InlineData("\"2025-08-08T10:00:00-0530\"", "2025-08-08T15:30:00.0000000Z")]
    [InlineData("\"2025-08-08T10:00:00+02\"", "2025-08-08T08:00:00.0000000Z")]
    [InlineData("\"2025-08-08T10:00:00.5\"", "2025-08-08T10:00:00.5000000Z")]
    [InlineData("\"2025-08-08T10:00:00,25Z\"", "2025-08-08T10:00:00.2500000Z")]
    [InlineData("\"2025-08-08T10:00:00.123456789+02:00\"", "2025-08-08T08:00:00.1234567Z")]
    [InlineData("\"2016-12-31T23:59:60Z\"", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("\"2024-02-29\"", "2024-02-29T00:00:00.0000000Z")]
    [InlineData("\"2025-08-08T10:00:00\\u005a\"", "2025-08-08T10:00:00.0000000Z")]
    [InlineData("1754647200", "2025-08-08T10:00:00.0000000Z")]
    [InlineData("1754647200.25", "2025-08-08T10:00:00.2500000Z")]
    [InlineData("1754647200123", "2025-08-08T10:00:00.1230000Z")]
    [InlineData("1.7546472e9", "2025-08-08T10:00:00.0000000Z")]
    [InlineData("0", "1970-01-01T00:00:00.0000000Z")]
    [InlineData("-1", "1969-12-31T23:59:59.0000000Z")]
    [InlineData("99999999999", "5138-11-16T09:46:39.0000000Z")]
    [InlineData("100000000000", "1973-03-03T09:46:40.0000000Z")]
    [InlineData("99999999999999", "5138-11-16T09:46:39.9990000Z")]
    [InlineData("100000000000000", "1973-03-03T09:46:40.0000000Z")]
    [InlineData("1754647200123456", "2025-08-08T10:00:00.1234560Z")]
    [InlineData("99999999999999999", "5138-11-16T09:46:39.9999990Z")]
    [InlineData("100000000000000000", "1973-03-03T09:46:40.0000000Z")]
    [InlineData("1754647200123456789", "2025-08-08T10:00:00.1234567Z")]
    [InlineData("\"1754647200\"", "2025-08-08T10:00:00.0000000Z")]
    [InlineData("\"1754647200.25\"", "2025-08-08T10:00:00.2500000Z")]
    [InlineData("\"1754647200123\"", "2025-08-08T10:00:00.1230000Z")]
    [InlineData("\"1754647200123456789\"", "2025-08-08T10:00:00.1234567Z")]
    public void ATimeIsReadInUtc(string json, string expected)
    {
        var time = Some.Event($$"""{"timestamp":{{json}}}""").Timestamp;

        Assert.NotNull(time);
        Assert.Equal(TimeSpan.Zero, time.Value.Offset);
        Assert.Equal(expected, time.Value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2025-02-29\"")]
    [InlineData("\"2025-13-01\"")]
    [InlineData("\"0000-01-01\"")]
    [InlineData("\"2025-8-8\"")]
    [InlineData("\"2025-08-08T\"")]
    [InlineData("\"2025-08-08T24:00:00\"")]
    [InlineData("\"2025-08-08T10:60\"")]
    [InlineData("\"2025-08-08T10:00:61\"")]
    [InlineData("\"2025-08-08T10:00:00.\"")]
    [InlineData("\"2025-08-08T10:00:00X\"")]
    [InlineData("\"2025-08-08T10:00:00Z \"")]
    [InlineData("\"2025-08-08T10:00:00+2\"")]
    [InlineData("\"2025-08-08T10:00:00+02:\"")]
    [InlineData("\"2025-08-08T10:00:00+24:00\"")]
    [InlineData("\"2025-08-08T10:00:00+02:60\"")]
    [InlineData("\"0001-01-01T00:00:00+01:00\"")]
    [InlineData("\"9999-12-31T23:59:59-01:00\"")]
    [InlineData("1e21")]
    [InlineData("1e300")]
    [InlineData("-1e20")]
    [InlineData("\"1e300\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"17546472O0\"")]
    [InlineData("true")]
    [InlineData("null")]
    public void InvalidTimestampIsNull(string json) => Assert.Null(Some.Event($$"""{"timestamp":{{json}}}""").Timestamp);
}
