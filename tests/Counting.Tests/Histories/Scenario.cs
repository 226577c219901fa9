using System.Globalization;
using System.Text.Json;

namespace Analytics.Counting.Tests.Histories;

/// <summary>How a shard's records reach the function.</summary>
internal enum Delivery
{
    /// <summary>Each event is a record.</summary>
    Single,
    /// <summary>Aggregates arrive whole.</summary>
    Whole,
    /// <summary>Lambda divides aggregates: their events are records that share a sequence number.</summary>
    TakenApart,
}

/// <summary>
/// A generated history: numbers that select events, steps and faults. When steps or faults are used up, the rest runs
/// without faults.
/// </summary>
internal sealed record Scenario(int[] Events, int[] Steps, int[] Faults, int Limit, Delivery Delivery, bool IsCramped)
{
    public override string ToString() => JsonSerializer.Serialize(this);
}

/// <summary>An event of a scenario, with its shard and position.</summary>
/// <param name="Number">Its number among all; its amount is 2 to this power, so that a sum tells which events are in it.</param>
/// <param name="Shard">The index of its shard.</param>
/// <param name="Sequence">The number of its record: that of the first event in the same aggregate.</param>
/// <param name="Value">Its value; null when it has none.</param>
/// <param name="Minute">The minute after noon at which it happened.</param>
/// <param name="Hit">Whether it counts for the rate.</param>
internal sealed record ScenarioEvent(int Number, int Shard, int Sequence, string? Value, int Minute, bool Hit)
{
    public const int MaxEvents = 50;
    public const int Shards = 4;

    private static readonly string?[] AllValues = ["a", "b", "c", "d", "e", "f", "g|h", "(other)", "", null];

    public decimal Amount => 1L << Number;

    /// <summary>An arbitrary number, possibly negative or zero.</summary>
    public decimal Level => ((Number * 37 % 11) - 5) / 4m;

    public string User => string.Create(CultureInfo.InvariantCulture, $"u{Number % 7}");

    public string Message => string.Create(CultureInfo.InvariantCulture, $"m{Number:D2}");

    public DateTimeOffset Arrival => Some.Noon.AddSeconds(Sequence);

    public DateTimeOffset Start => Some.Noon.AddMinutes(Minute);

    public string Json
    {
        get
        {
            var value = Value is null ? "" : $"\"page_url\":{JsonSerializer.Serialize(Value)},";
            return string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"event_type":"{{(Hit ? "purchase" : "click")}}",{{value}}"amount":{{Amount}},"load_time":{{Level}},"user_id":"{{User}}","message":"{{Message}}","timestamp":"{{Start:yyyy-MM-ddTHH:mm:ss}}Z"}""");
        }
    }

    public static ScenarioEvent[] FromScenario(Scenario scenario)
    {
        var events = new List<ScenarioEvent>();
        var last = new ScenarioEvent?[Shards];
        foreach (var (index, number) in scenario.Events.Take(MaxEvents).Index())
        {
            var shard = number % Shards;
            var joins = scenario.Delivery != Delivery.Single && number / 4 % 2 == 1;
            var @event = new ScenarioEvent(
                index, shard, joins ? last[shard]?.Sequence ?? index : index, AllValues[number / 8 % AllValues.Length], number / 128 % 5 == 0 ? 1 : 0, number % 3 == 0);
            events.Add(@event);
            last[shard] = @event;
        }

        return [.. events];
    }
}
