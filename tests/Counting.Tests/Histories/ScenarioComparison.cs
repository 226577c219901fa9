using System.Collections.Concurrent;
using Analytics.Counting.Sketches;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Tests.Histories;

/// <summary>Compares the counters of a scenario with a plain count of its events.</summary>
internal static class ScenarioComparison
{
    private static readonly ConcurrentDictionary<int, CounterPlan> Plans = [];
    private static readonly ConcurrentDictionary<int, StoredDefinitions> Stored = [];

    public static CounterPlan GetPlan(int limit) => Plans.GetOrAdd(limit, PlanWith);

    /// <summary>The definitions of a plan as processes have read them.</summary>
    public static StoredDefinitions GetDefinitions(int limit) => Stored.GetOrAdd(limit, _ =>
    {
        var table = new FakeCounterTable();
        table.Put(StoredDefinitions.ToItem(GetPlan(limit).Set));
        return new StoredDefinitions(table);
    });

    private static CounterPlan PlanWith(int limit)
    {
        string Counter(string name, string rest, string by = "\"by\":[\"page_url\"],", string windows = "\"minute\"") =>
            $$"""{"name":"{{name}}","pattern":{"amount":[{"exists":true}]},{{by}}"limit":{{limit}},"retention":"3650d","windows":[{{windows}}],{{rest}}}""";
        return Some.Plan(
            Counter("total", "\"measure\":\"sum\",\"field\":\"amount\"", by: "", windows: "\"hour\",\"minute\""),
            Counter("amounts", "\"measure\":\"sum\",\"field\":\"amount\",\"last\":\"message\""),
            Counter("pairs", "\"measure\":\"count\"", by: "\"by\":[\"page_url\",\"user_id\"],"),
            Counter("rate", "\"measure\":\"rate\",\"where\":{\"event_type\":[\"purchase\"]}"),
            Counter("lowest", "\"measure\":\"min\",\"field\":\"load_time\""),
            Counter("highest", "\"measure\":\"max\",\"field\":\"load_time\""),
            Counter("users", "\"measure\":\"distinct\",\"field\":\"user_id\""),
            Counter("levels", "\"measure\":\"percentiles\",\"field\":\"load_time\""));
    }

    /// <summary>Compares the read values with the counted events.</summary>
    /// <param name="events">The events.</param>
    /// <param name="limit">The limit of values.</param>
    /// <param name="read">What was read.</param>
    /// <param name="counters">The counters that were read; null for all.</param>
    public static void Compare(ScenarioEvent[] events, int limit, IEnumerable<CounterValue> read, string[]? counters = null)
    {
        var values = read.ToLookup(value => (value.Counter, value.Window, value.Start));
        var windows = events.GroupBy(@event => @event.Start).ToList();
        if (counters is null || counters.Contains("total"))
        {
            CompareTotal(values[("total", CounterWindow.Hour, Some.Noon)], events);
        }

        foreach (var window in windows)
        {
            void CompareWindow(string counter, Func<ScenarioEvent, string> getKey, Action<CounterValue[], ScenarioEvent[]> compare)
            {
                if (counters is null || counters.Contains(counter))
                {
                    CompareValues([.. values[(counter, CounterWindow.Minute, window.Key)]], [.. window], limit, getKey, compare);
                }
            }

            if (counters is null)
            {
                CompareTotal(values[("total", CounterWindow.Minute, window.Key)], [.. window]);
            }

            CompareWindow("amounts", Key, CompareAmounts);
            CompareWindow("pairs", @event => $"{Key(@event)},{@event.User}", (_, _) => { });
            CompareWindow("rate", Key, (of, all) => Assert.Equal(all.Count(@event => @event.Hit), of.Sum(value => value.Sum)));
            CompareWindow("lowest", Key, (of, all) => Assert.Equal(all.Min(@event => @event.Level), of.Min(value => value.Min)));
            CompareWindow("highest", Key, (of, all) => Assert.Equal(all.Max(@event => @event.Level), of.Max(value => value.Max)));
            CompareWindow("users", Key, CompareUsers);
            CompareWindow("levels", Key, ComparePercentiles);
        }

        var starts = values.Where(value => value.Key.Window == CounterWindow.Minute).Select(value => value.Key.Start).Distinct();
        Assert.Empty(starts.Except(windows.Select(window => window.Key)));
    }

    private static string Key(ScenarioEvent @event) => @event.Value switch
    {
        null => "(none)",
        "g|h" => "g%7Ch",
        "(other)" => "%28other%29",
        var value => value,
    };

    private static void CompareTotal(IEnumerable<CounterValue> values, ScenarioEvent[] events)
    {
        Assert.Equal(events.Length, values.Sum(value => value.Count));
        Assert.Equal(events.Sum(@event => @event.Amount), values.Sum(value => value.Sum));
        Assert.All(values, value => Assert.Equal("(all)", value.Key));
    }

    /// <summary>
    /// Each event is counted once, under its value or under <c>(other)</c>. Without <c>(other)</c>, each value is exact; with it, the number of values
    /// equals the limit.
    /// </summary>
    private static void CompareValues(
        CounterValue[] read, ScenarioEvent[] events, int limit, Func<ScenarioEvent, string> getKey, Action<CounterValue[], ScenarioEvent[]> compare)
    {
        var expected = events.GroupBy(getKey).ToDictionary(value => value.Key, value => value.ToArray());
        var own = read.Where(value => !value.IsOther).ToArray();
        Assert.Equal(events.Length, read.Sum(value => value.Count));
        Assert.Equal(read.Length, read.DistinctBy(value => value.Key).Count());
        Assert.Empty(own.Select(value => value.Key).Except(expected.Keys));
        compare(read, events);
        if (own.Length < read.Length)
        {
            Assert.Equal(limit, own.Length);
            Assert.All(own, value => Assert.True(value.Count <= expected[value.Key].Length));
            return;
        }

        Assert.True(own.Length <= limit, $"{own.Length} values");
        Assert.Equal(expected.Keys.Order(), own.Select(value => value.Key).Order());
        Assert.All(own, value =>
        {
            Assert.Equal(expected[value.Key].Length, value.Count);
            compare([value], expected[value.Key]);
        });
    }

    private static void CompareAmounts(CounterValue[] values, ScenarioEvent[] events)
    {
        Assert.Equal(events.Sum(@event => @event.Amount), values.Sum(value => value.Sum));
        var last = events.OrderBy(@event => @event.Arrival).ThenBy(@event => @event.Message, StringComparer.Ordinal).Last();
        var read = values.OrderBy(value => value.LastAt).ThenBy(value => value.Last, StringComparer.Ordinal).Last();
        Assert.Equal((last.Message, last.Arrival), (read.Last, read.LastAt));
    }

    private static void CompareUsers(CounterValue[] values, ScenarioEvent[] events)
    {
        var sketch = new DistinctSketch();
        Array.ForEach(values, value => sketch.Merge(value.Tally.Distinct!));
        Assert.Equal(events.Select(@event => @event.User).Distinct().Count(), sketch.Estimate());
    }

    private static void ComparePercentiles(CounterValue[] values, ScenarioEvent[] events)
    {
        var (plain, read) = (new PercentileSketch(), new PercentileSketch());
        Array.ForEach(events, @event => plain.Add(@event.Level));
        Array.ForEach(values, value => read.Merge(value.Tally.Percentiles!));
        Assert.Equal(plain.ToBytes(), read.ToBytes());
    }
}
