// Measures the time for 10,000 plain events of about 260 bytes: a bare Utf8JsonReader scan, decoding, and decoding with matching.
//   dotnet run --project bench/Events -c Release
//   dotnet publish bench/Events -c Release -r linux-x64 -p:NativeFramework=net9.0 -o <dir> && <dir>/Analytics.Events.Benchmarks
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Analytics.Events;
using Analytics.Events.Patterns;

const int Events = 10_000;
const int Rounds = 60;

var records = new byte[Events][];
for (var index = 0; index < Events; index++)
{
    records[index] = Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"timestamp":"2025-08-08T10:{{index / 60 % 60:D2}}:{{index % 60:D2}}.123456Z","user_id":"user-{{index % 997:D6}}","event_type":"purchase","amount":{{index % 1000}}.50,"product_id":"product-{{index % 50:D4}}","session_id":"session-{{index:D8}}","location":"US","device_type":"mobile","page_url":"/shop/checkout","referrer":"https://www.example.com/"}"""));
}

var bytes = records.Sum(record => (long)record.Length);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Events} events, {bytes / Events} bytes each; the median and the best of {Rounds} rounds"));

var reader = new EventReader(EventLimits.Default);
var pattern = Pattern.Parse("""{"event_type":["purchase"],"amount":[{"numeric":[">",500]}]}"""u8, PatternTarget.Event);
Time("Utf8JsonReader, bare", () =>
{
    var tokens = 0;
    foreach (var record in records)
    {
        var json = new Utf8JsonReader(record);
        while (json.Read())
        {
            tokens++;
        }
    }

    return tokens;
});
Time("read", () =>
{
    var events = 0;
    foreach (var record in records)
    {
        foreach (ref readonly var user in reader.Read(record))
        {
            events += user.IsEvent ? 1 : 0;
        }
    }

    return events;
});
Time("read, type, amount and time taken", () =>
{
    var events = 0;
    foreach (var record in records)
    {
        foreach (ref readonly var user in reader.Read(record))
        {
            events += user.Event.Text(EventField.EventType).Equals("purchase"u8)
                && user.Event.TryGetNumber(EventField.Amount, out _)
                && user.Event.Timestamp is not null ? 1 : 0;
        }
    }

    return events;
});
Time("read and matched", () =>
{
    var matches = 0;
    foreach (var record in records)
    {
        foreach (ref readonly var user in reader.Read(record))
        {
            matches += pattern.Matches(in user.Event) ? 1 : 0;
        }
    }

    return matches;
});

static void Time(string what, Func<int> run)
{
    var result = 0;
    var times = new double[Rounds];
    for (var round = 0; round < Rounds; round++)
    {
        var started = Stopwatch.GetTimestamp();
        result = run();
        times[round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    Array.Sort(times);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-36} {times[Rounds / 2],7:F2} ms {times[0],7:F2} ms   ({result})"));
}
