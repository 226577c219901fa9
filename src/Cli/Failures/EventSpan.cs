using Analytics.Cli.Redelivery;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Failures;

/// <summary>The time in which records' events lie, by whole days: every window that they count in starts in it.</summary>
internal static class EventSpan
{
    /// <summary>The span of some records, at least one.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Of(IEnumerable<PastRecord> records)
    {
        var reader = new EventReader(EventLimits.Default);
        var (first, last) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        foreach (var record in records)
        {
            Take(record.ArrivalTime);
            foreach (ref readonly var user in reader.Read(record.Data))
            {
                if (user.IsEvent)
                {
                    Take(EventTimeBounds.Default.Resolve(user.Event, record.ArrivalTime).Value);
                }
            }
        }

        return (new DateTimeOffset(first.UtcDateTime.Date, TimeSpan.Zero), last.AddTicks(1));

        void Take(DateTimeOffset time) => (first, last) = (time < first ? time : first, time > last ? time : last);
    }
}
