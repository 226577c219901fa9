using Analytics.Counting.Keys;
using Analytics.Counting.Partials;
using Analytics.Counting.Sketches;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Counting.Tests.Committing;

public sealed class ExactnessTests
{
    private const int Cases = 10_000;

    [Fact]
    public void CountersEqualAPlainCountWhateverIsDeliveredHoweverOften() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Cases).WithEndSize(120),
            Prop.ForAll(Scenarios(), scenario =>
            {
                RunAndCompareAsync(scenario).GetAwaiter().GetResult();
                return true;
            }));

    private static Arbitrary<Scenario> Scenarios()
    {
        var numbers = Gen.Choose(0, 9999).ArrayOf();
        var scenarios =
            from events in numbers
            from deliveries in numbers
            from faults in numbers
            from limit in Gen.Choose(1, 9)
            select new Scenario(events, deliveries, faults, limit);
        return Arb.From(scenarios, ShrinkingOf);
    }

    private static IEnumerable<Scenario> ShrinkingOf(Scenario scenario)
    {
        for (var length = scenario.Events.Length; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= scenario.Events.Length; at += length)
            {
                yield return scenario with { Events = [.. scenario.Events[..at], .. scenario.Events[(at + length)..]] };
            }
        }

        for (var length = 0; length < scenario.Faults.Length; length = (2 * length) + 1)
        {
            yield return scenario with { Faults = scenario.Faults[..length] };
        }

        for (var length = 0; length < scenario.Deliveries.Length; length = (2 * length) + 1)
        {
            yield return scenario with { Deliveries = scenario.Deliveries[..length] };
        }
    }

    private static CounterPlan PlanWith(int limit)
    {
        string Counter(string name, string rest, string by = "\"by\":[\"page_url\"],") =>
            $$"""{"name":"{{name}}","pattern":{"amount":[{"exists":true}]},{{by}}"limit":{{limit}},"windows":["minute"],{{rest}}}""";
        return Some.Plan(
            ScenarioRun.Allowances,
            Counter("total", "\"measure\":\"sum\",\"field\":\"amount\"", by: ""),
            Counter("amounts", "\"measure\":\"sum\",\"field\":\"amount\",\"last\":\"message\""),
            Counter("pairs", "\"measure\":\"count\"", by: "\"by\":[\"page_url\",\"user_id\"],"),
            Counter("rate", "\"measure\":\"rate\",\"where\":{\"event_type\":[\"purchase\"]}"),
            Counter("lowest", "\"measure\":\"min\",\"field\":\"load_time\""),
            Counter("highest", "\"measure\":\"max\",\"field\":\"load_time\""),
            Counter("users", "\"measure\":\"distinct\",\"field\":\"user_id\""),
            Counter("levels", "\"measure\":\"percentiles\",\"field\":\"load_time\""));
    }

    private static async Task RunAndCompareAsync(Scenario scenario)
    {
        var events = ScenarioEvent.Of(scenario.Events, ScenarioRun.Shards);
        var table = new FakeCounterTable();
        await new ScenarioRun(PlanWith(scenario.Limit), table, events, scenario).RunAsync();
        var sums = new Dictionary<(string Counter, DateTimeOffset Start, string Value), Partial>();
        foreach (var (key, item) in table.Items)
        {
            Assert.True(CounterKeys.TryReadPartition(key.Partition, out var counter, out _, out var start));
            Assert.True(CounterKeys.TryReadSort(key.Sort, out var value, out _));
            if (!sums.TryAdd((counter, start, value), item.Stored.Partial))
            {
                sums[(counter, start, value)].Merge(item.Stored.Partial);
            }
        }

        foreach (var window in events.GroupBy(@event => @event.Start))
        {
            Dictionary<string, Partial> Of(string counter) =>
                sums.Where(sum => sum.Key.Counter == counter && sum.Key.Start == window.Key).ToDictionary(sum => sum.Key.Value, sum => sum.Value);
            CompareTotal(Of("total"), [.. window]);
            CompareValues(Of("amounts"), [.. window], scenario.Limit, Key, CompareAmounts);
            CompareValues(Of("pairs"), [.. window], scenario.Limit, @event => $"{Key(@event)},{@event.User}", (_, _) => { });
            CompareValues(Of("rate"), [.. window], scenario.Limit, Key, CompareRate);
            CompareValues(Of("lowest"), [.. window], scenario.Limit, Key, (partial, of) => Assert.Equal(of.Min(@event => @event.Level), partial.Min));
            CompareValues(Of("highest"), [.. window], scenario.Limit, Key, (partial, of) => Assert.Equal(of.Max(@event => @event.Level), partial.Max));
            CompareValues(Of("users"), [.. window], scenario.Limit, Key, (partial, of) =>
                Assert.Equal(of.Select(@event => @event.User).Distinct().Count(), partial.Distinct!.Estimate()));
            CompareValues(Of("levels"), [.. window], scenario.Limit, Key, ComparePercentiles);
        }

        Assert.Equal(events.Select(@event => @event.Start).Distinct().Count(), sums.Keys.Select(key => key.Start).Distinct().Count());
    }

    private static string Key(ScenarioEvent @event) => @event.Value switch
    {
        null => "(none)",
        "g|h" => "g%7Ch",
        "(other)" => "%28other%29",
        var value => value,
    };

    private static void CompareTotal(Dictionary<string, Partial> partials, ScenarioEvent[] events)
    {
        Assert.Equal(["(all)"], partials.Keys);
        Assert.Equal(events.Sum(@event => @event.Amount), partials["(all)"].Sum!.Value.ToDecimal());
    }

    /// <summary>
    /// Each event is counted once, under its value or as another; where there is no other, each value is just what it should be; and there
    /// are no more values than the limit.
    /// </summary>
    private static void CompareValues(
        Dictionary<string, Partial> partials,
        ScenarioEvent[] events,
        int limit,
        Func<ScenarioEvent, string> keyOf,
        Action<Partial, ScenarioEvent[]> compare)
    {
        var expected = events.GroupBy(keyOf).ToDictionary(value => value.Key, value => value.ToArray());
        var values = partials.Keys.Where(key => key != "(other)").ToList();
        Assert.Equal(events.Length, partials.Values.Sum(partial => partial.Count));
        Assert.True(values.Count <= limit, $"{values.Count} values");
        Assert.Empty(values.Except(expected.Keys));
        if (partials.ContainsKey("(other)"))
        {
            var all = new Partial();
            foreach (var partial in partials.Values)
            {
                all.Merge(partial);
            }

            compare(all, events);
            Assert.All(values, value => Assert.True(partials[value].Count <= expected[value].Length));
            Assert.True(limit >= ScenarioRun.Allowances.LeastLimit || values.Count == limit, $"{values.Count} values of {limit}");
            return;
        }

        Assert.Equal(expected.Keys.Order(), values.Order());
        Assert.All(values, value =>
        {
            Assert.Equal(expected[value].Length, partials[value].Count);
            compare(partials[value], expected[value]);
        });
    }

    private static void CompareAmounts(Partial partial, ScenarioEvent[] events)
    {
        Assert.Equal(events.Sum(@event => @event.Amount), partial.Sum!.Value.ToDecimal());
        var last = events.MaxBy(@event => @event.Arrival)!;
        Assert.Equal((last.Message, last.Arrival), (partial.Last, partial.LastAt));
    }

    private static void CompareRate(Partial partial, ScenarioEvent[] events) =>
        Assert.Equal(events.Count(@event => @event.Hit), partial.Sum!.Value.ToDecimal());

    private static void ComparePercentiles(Partial partial, ScenarioEvent[] events)
    {
        var plain = new PercentileSketch();
        foreach (var @event in events)
        {
            plain.Add(@event.Level);
        }

        Assert.Equal(plain.ToBytes(), partial.Percentiles!.ToBytes());
    }
}
