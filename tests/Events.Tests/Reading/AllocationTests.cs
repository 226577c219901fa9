namespace Analytics.Events.Tests.Reading;

public sealed class AllocationTests
{
    [Theory]
    [InlineData("""{"timestamp":"2025-08-08T10:00:00Z","user_id":"u-1","event_type":"purchase","amount":12.50,"location":{"country":"DE"},"x":[1,2]}""", true)]
    [InlineData("""{"\u0065vent_type":"cl\u0069ck","data":{"page":"/"}}""", true)]
    [InlineData("""{"event_type":""", false)]
    [InlineData("""[1,2]""", false)]
    public void APlainRecordIsReadWithoutAnAllocation(string json, bool isEvent)
    {
        var data = Some.Utf8(json);
        var reader = new EventReader(EventLimits.Default);
        Assert.Equal(100, CountRecords(reader, data, isEvent));
        var before = GC.GetAllocatedBytesForCurrentThread();

        CountRecords(reader, data, isEvent);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static int CountRecords(EventReader reader, byte[] data, bool isEvent)
    {
        var count = 0;
        for (var round = 0; round < 100; round++)
        {
            foreach (ref readonly var user in reader.Read(data))
            {
                count += user.IsEvent == isEvent && (!isEvent || user.Event.Text(EventField.EventType).IsPresent) ? 1 : 0;
                _ = isEvent && user.Event.Timestamp is null && user.Event.TryGetNumber(EventField.Amount, out _);
            }
        }

        return count;
    }
}
