using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.Storage;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Windows;

/// <summary>Stores windows in items: a head, and pages if the values are too large for it.</summary>
internal static class WindowItems
{
    /// <summary>The text of an empty value: DynamoDB maps cannot have empty keys, and no producer's text has parentheses.</summary>
    private const string EmptyValue = "(empty)";

    private const string StartName = "start";
    private const string EndName = "end";
    private const string CompleteName = "complete";
    private const string ArrivedName = "arrivedUpTo";
    private const string MeasureName = "measure";
    private const string DefinitionsName = "definitions";
    private const string BoundsName = "eventTimeBounds";
    private const string ValuesName = "values";
    private const string PagesName = "pages";

    /// <summary>Creates the items of a window; pages first, the head last.</summary>
    /// <param name="state">The window.</param>
    /// <param name="generation">The generation that writes it.</param>
    /// <param name="through">The arrival time up to which the generation has all records.</param>
    /// <param name="definitions">The hash of the current definitions.</param>
    /// <param name="expiry">The expiry of the window.</param>
    /// <param name="maxPageBytes">The maximum size of a page's values in bytes, unless it has a single value.</param>
    public static List<Dictionary<string, AttributeValue>> Write(
        CounterWindowState state, long generation, DateTimeOffset through, string definitions, DateTimeOffset expiry, int maxPageBytes)
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        Dictionary<string, AttributeValue>? head = null;
        for (var index = 0; index < state.Pages.Count; index++)
        {
            var page = state.Pages[index];
            if (index > 0 && !page.IsChanged && page.Expiry >= expiry)
            {
                continue;
            }

            var values = WriteValues(state, page);
            while (page.Values.Count > 1 && ItemSize.Compute(ValuesName, values) > maxPageBytes)
            {
                state.Split(page);
                values = WriteValues(state, page);
            }

            page.Generation = generation;
            page.Expiry = expiry;
            if (index == 0)
            {
                head = Attributes.Item(state.Key.Head);
                head.Add(ValuesName, values);
                continue;
            }

            page.Slot = page.Slot == 'a' ? 'b' : 'a';
            var item = Attributes.Item(new ItemKey(state.Key.Head.Partition, CounterKeys.GetPage(state.Key.Head.Sort, page.Name)));
            item.Add(Attributes.Generation, Attributes.Number(generation));
            item.Add(ValuesName, values);
            item.Add(Attributes.Expiry, Attributes.Number(expiry.ToUnixTimeSeconds()));
            items.Add(item);
        }

        AddFacts(head!, state, generation, through, definitions, expiry);
        items.Add(head!);
        return items;
    }

    /// <summary>Reads a window from its items.</summary>
    /// <param name="key">The window.</param>
    /// <param name="items">Its head and pages, including stale slots.</param>
    /// <returns>The window, or null if the head is missing or does not match the pages because the window is being written.</returns>
    /// <exception cref="CounterTableException">An item is damaged.</exception>
    public static CounterWindowState? Read(WindowKey key, IReadOnlyList<Dictionary<string, AttributeValue>> items)
    {
        try
        {
            var head = items.FirstOrDefault(item => Attributes.GetKey(item) == key.Head);
            return head is null ? null : ReadState(key, head, items);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new CounterTableException(
                $"Item {key.Head.Partition}, {key.Head.Sort} of the counters table is damaged: {exception.Message}. Restore it from a backup of the table; analytics audit tells what differs.", exception);
        }
    }

    /// <summary>Returns the values of a head or page with their attributes.</summary>
    public static IEnumerable<KeyValuePair<string, AttributeValue>> GetValues(Dictionary<string, AttributeValue> item) =>
        (item.GetValueOrDefault(ValuesName)?.M ?? []).Select(value => KeyValuePair.Create(value.Key == EmptyValue ? "" : value.Key, value.Value));

    private static CounterWindowState? ReadState(
        WindowKey key, Dictionary<string, AttributeValue> head, IReadOnlyList<Dictionary<string, AttributeValue>> items)
    {
        var measure = Enum.TryParse<Measure>(Attributes.GetText(head, MeasureName), ignoreCase: true, out var known)
            ? known
            : throw Attributes.Invalid(MeasureName, "a measure");
        var state = new CounterWindowState(key, measure)
        {
            Generation = Attributes.GetNumber(head, Attributes.Generation),
            IsComplete = head.GetValueOrDefault(CompleteName)?.BOOL ?? throw Attributes.Invalid(CompleteName, "true or false"),
            Expiry = DateTimeOffset.FromUnixTimeSeconds(Attributes.GetNumber(head, Attributes.Expiry)),
            Definitions = Attributes.GetText(head, DefinitionsName),
        };
        state.Bounds.UnionWith(head.GetValueOrDefault(BoundsName)?.SS ?? []);
        ReadValues(state, state.Pages[0], head);
        foreach (var entry in head.GetValueOrDefault(PagesName)?.L ?? [])
        {
            var page = WindowPage.FromEntry(entry.S ?? "");
            var sort = CounterKeys.GetPage(key.Head.Sort, page.Name);
            var item = items.FirstOrDefault(item => Attributes.GetKey(item).Sort == sort);
            if (item is null || Attributes.GetNumber(item, Attributes.Generation) != page.Generation)
            {
                return null;
            }

            state.Pages.Add(page);
            ReadValues(state, page, item);
        }

        return state;
    }

    private static void AddFacts(
        Dictionary<string, AttributeValue> head, CounterWindowState state, long generation, DateTimeOffset through, string definitions, DateTimeOffset expiry)
    {
        head.Add(StartName, Attributes.Time(state.Key.Start));
        head.Add(EndName, Attributes.Time(state.Key.End));
        head.Add(CompleteName, new AttributeValue { BOOL = state.Key.End <= through });
        head.Add(ArrivedName, Attributes.Time(through));
        head.Add(MeasureName, Attributes.Text(GetName(state.Measure)));
        head.Add(DefinitionsName, Attributes.Text(definitions));
        if (state.Bounds.Count > 0)
        {
            head.Add(BoundsName, new AttributeValue { SS = [.. state.Bounds] });
        }

        if (state.Pages.Count > 1)
        {
            head.Add(PagesName, new AttributeValue { L = [.. state.Pages.Skip(1).Select(page => Attributes.Text(page.ToEntry()))] });
        }

        head.Add(Attributes.Generation, Attributes.Number(generation));
        head.Add(Attributes.Expiry, Attributes.Number(expiry.ToUnixTimeSeconds()));
    }

    private static AttributeValue WriteValues(CounterWindowState state, WindowPage page) => new()
    {
        M = page.Values.ToDictionary(value => value.Length == 0 ? EmptyValue : value, value => ValueAttributes.Write(state[value], state.Measure)),
    };

    private static void ReadValues(CounterWindowState state, WindowPage page, Dictionary<string, AttributeValue> item)
    {
        foreach (var (name, value) in item.GetValueOrDefault(ValuesName)?.M ?? throw Attributes.Invalid(ValuesName, "a map"))
        {
            state.Add(name == EmptyValue ? "" : name, ValueAttributes.Read(value, state.Measure), page);
        }
    }

    private static string GetName(Measure measure) => measure switch
    {
        Measure.Count => "count",
        Measure.Sum => "sum",
        Measure.Average => "average",
        Measure.Min => "min",
        Measure.Max => "max",
        Measure.Distinct => "distinct",
        Measure.Percentiles => "percentiles",
        Measure.Rate => "rate",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "There is no such measure."),
    };
}
