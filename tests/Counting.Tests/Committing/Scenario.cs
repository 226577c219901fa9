using System.Globalization;
using System.Text.Json;

namespace Analytics.Counting.Tests.Committing;

/// <summary>
/// What a generated case is made of: numbers that decide about events, deliveries and faults. Where deliveries or faults are at an end, the rest goes
/// without trouble.
/// </summary>
internal sealed record Scenario(int[] Events, int[] Deliveries, int[] Faults, int Limit)
{
    public override string ToString() => JsonSerializer.Serialize(this);
}

/// <summary>An event of a scenario, and where it stands in which shard.</summary>
/// <param name="Number">Its number among all; its amount is 2 to this power, so that a sum tells which events are in it.</param>
/// <param name="Shard">The index of its shard.</param>
/// <param name="Value">Its value; null when it has none.</param>
/// <param name="Minute">The minute after noon at which it happened.</param>
/// <param name="Hit">Whether it counts for the rate.</param>
internal sealed record ScenarioEvent(int Number, int Shard, string? Value, int Minute, bool Hit)
{
    public const int MaxEvents = 50;

    public decimal Amount => 1L << Number;

    /// <summary>A number of no order, negative and zero among them.</summary>
    public decimal Level => ((Number * 37 % 11) - 5) / 4m;

    public string User => string.Create(CultureInfo.InvariantCulture, $"u{Number % 7}");

    public string Message => string.Create(CultureInfo.InvariantCulture, $"m{Number}");

    public DateTimeOffset Arrival => Some.Noon.AddSeconds(Number);

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

    public static ScenarioEvent[] Of(int[] numbers, int shards)
    {
        string?[] values = ["a", "b", "c", "d", "e", "f", "g|h", "(other)", "", null];
        return
        [
            .. numbers.Take(MaxEvents).Select((number, index) => new ScenarioEvent(
                index,
                number % shards,
                values[number / 8 % values.Length],
                number / 128 % 5 == 0 ? 1 : 0,
                number % 3 == 0)),
        ];
    }
}
