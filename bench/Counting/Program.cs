// Measures the time to fold a batch of 10,000 events, on one core and without I/O, compared with decoding alone,
// and with the simplest fold: a dictionary with string keys.
//   dotnet run --project bench/Counting -c Release
//   dotnet publish bench/Counting -c Release -r linux-x64 -p:NativeFramework=net9.0 -o <dir> && <dir>/Analytics.Counting.Benchmarks
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Amazon.Lambda.KinesisEvents;
using Analytics.Counting;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

const int Events = 10_000;
const int Pages = 100;
const int Rounds = 60;
const string Shard = "shardId-000000000000";

var definitions = Definitions.Parse(
    """
    {"counters":[
      {"name":"views","pattern":{"event_type":["page_view"]},"measure":"count","by":["page_url"],"windows":["minute","hour"]},
      {"name":"spent","pattern":{"event_type":["page_view"]},"measure":"sum","field":"amount","by":["page_url"],"windows":["day"]}
    ],"alerts":[]}
    """u8);
var reader = new EventReader(EventLimits.Default);
var plan = new CounterPlan(definitions, reader, EventTimeBounds.Default);
var arrival = new DateTimeOffset(2026, 11, 21, 12, 0, 30, TimeSpan.Zero);
var batch = new BatchInfo("", Shard, arrival);
var records = new StreamRecord[Events];
var users = new UserRecord[Events];
for (var index = 0; index < Events; index++)
{
    var data = Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"timestamp":"2026-11-21T12:00:{{index % 30:D2}}.123456Z","user_id":"user-{{index % 997:D6}}","event_type":"page_view","amount":{{index % 1000}}.50,"session_id":"session-{{index:D8}}","location":"US","device_type":"mobile","page_url":"/products/{{index % Pages:D4}}/details","referrer":"https://www.example.com/"}"""));
    records[index] = new StreamRecord(
        new KinesisEvent.KinesisEventRecord
        {
            EventId = string.Create(CultureInfo.InvariantCulture, $"{Shard}:{index}"),
            Kinesis = new KinesisEvent.Record
            {
                Data = new MemoryStream(data, 0, data.Length, writable: false, publiclyVisible: true),
                SequenceNumber = string.Create(CultureInfo.InvariantCulture, $"49{index:D54}"),
                PartitionKey = "p",
                ApproximateArrivalTimestamp = arrival.UtcDateTime,
            },
        },
        Shard);
    foreach (ref readonly var user in reader.Read(data))
    {
        users[index] = user;
    }
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Events} events over {Fold().Keys} keys; the median and the best of {Rounds} rounds"));
Time("read", () =>
{
    var events = 0;
    foreach (var record in records)
    {
        foreach (ref readonly var user in reader.Read(record.Data))
        {
            events += user.IsEvent ? 1 : 0;
        }
    }

    return events;
});
Time("a dictionary by strings", () =>
{
    var sums = new Dictionary<(string Counter, string Window, string Value), (long Count, decimal Sum)>();
    for (var index = 0; index < Events; index++)
    {
        ref readonly var @event = ref users[index].Event;
        if (!definitions.Counters[0].Pattern.Matches(@event))
        {
            continue;
        }

        var page = @event.Text(EventField.PageUrl).ToString();
        var time = EventTimeBounds.Default.Resolve(@event, records[index].ArrivalTime).Value;
        foreach (var (counter, window) in (ReadOnlySpan<(string, string)>)[
            ("views", time.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture)),
            ("views", time.ToString("yyyy-MM-ddTHHZ", CultureInfo.InvariantCulture)),
            ("spent", time.ToString("yyyy-MM-ddZ", CultureInfo.InvariantCulture))])
        {
            _ = @event.TryGetNumber(EventField.Amount, out var amount);
            var (count, sum) = sums.GetValueOrDefault((counter, window, page));
            sums[(counter, window, page)] = (count + 1, sum + amount);
        }
    }

    return sums.Count;
});
Time("fold", () => Fold().Keys);
Time("read and fold", () =>
{
    var fold = new CounterFold(plan, batch);
    foreach (var record in records)
    {
        foreach (ref readonly var user in reader.Read(record.Data))
        {
            fold.Add(record, user);
        }
    }

    return fold.Keys;
});

CounterFold Fold()
{
    var fold = new CounterFold(plan, batch);
    for (var index = 0; index < Events; index++)
    {
        fold.Add(records[index], users[index]);
    }

    return fold;
}

static void Time(string name, Func<int> work)
{
    var times = new double[Rounds];
    var allocated = 0L;
    for (var round = -Rounds; round < Rounds; round++)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        var result = work();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (result <= 0)
        {
            throw new InvalidOperationException($"{name} came to nothing.");
        }

        times[Math.Max(round, 0)] = elapsed;
    }

    Array.Sort(times);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-26} {times[Rounds / 2],7:F2} ms median, {times[0],7:F2} ms best, {allocated / Events,5} bytes allocated an event"));
}
