using Analytics.Streaming;

namespace Analytics.Results.Tests;

public sealed class ResultsFoldTests
{
    [Fact]
    public void MalformedRecordIsNotStored() => Assert.Single(Fold("{}", "?").Items);

    [Fact]
    public void LastEventOfAKeyIsStoredWithItsSequenceNumber()
    {
        var fold = Fold(Event("e", "first"), Event("e", "second"), Event("f", "third"));

        Assert.Equal(["second", "third"], fold.Items.Select(item => item["userId"].S));
        Assert.Equal(SequenceNumber.Parse(Some.Sequence(2)), fold.GetLowest([0, 1]));
    }

    [Fact]
    public void TotalsCountByTypeAndDeviceFromTheLists()
    {
        var totals = Fold(
            """{"event_type":"purchase","device_type":"mobile","amount":1.25}""",
            """{"event_type":"purchase","device_type":"mobile","amount":-1}""",
            """{"event_type":"anything","device_type":"fridge","amount":7}""").TotalsBefore(null);

        Assert.Equal(2, totals.Events[("purchase", "mobile")]);
        Assert.Equal(1, totals.Events[("other", "other")]);
        Assert.Equal(1.25m, totals.PurchaseAmount);
    }

    [Fact]
    public void TotalsUpToARecordAreThoseOfTheRecordsBeforeIt()
    {
        var fold = Fold(Event("e", "u"), Event("e", "u"), Event("g", "u"));

        Assert.Equal(1, fold.TotalsBefore(SequenceNumber.Parse(Some.Sequence(2))).Events.Values.Single());
        Assert.Equal(3, fold.TotalsBefore(null).Events.Values.Single());
        Assert.Null(fold.TotalsBefore(null).PurchaseAmount);
    }

    private static string Event(string id, string user) =>
        $$"""{"event_id":"{{id}}","event_type":"click","timestamp":"2025-08-08T09:00:00Z","data":{"user_id":"{{user}}"} }""";

    private static ResultsFold Fold(params string[] events) => Some.Folded(
        new ResultsFold(new ResultItem(Some.BatchInfo, new ResultSettings(EventTimeBounds.Default, TimeSpan.FromDays(30)))),
        events.Select((json, index) => Some.Record(index + 1, json)));
}
