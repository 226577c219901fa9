using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Counting.Tallies;
using Analytics.Counting.Windows;

namespace Analytics.Counting.Auditing;

/// <summary>Compares a stored window with its expected content: every attribute of its head and pages.</summary>
internal static class WindowAudit
{
    /// <summary>The placeholder for the value in a difference of the whole window.</summary>
    public const string Whole = "(window)";

    private static readonly HashSet<string> PageNames = ["pk", "sk", "generation", "values", "expiresAt"];

    private static readonly HashSet<string> HeadNames =
        [.. PageNames, "start", "end", "complete", "arrivedUpTo", "measure", "definitions", "eventTimeBounds", "pages"];

    /// <summary>Returns the differences of a missing or unexpected window.</summary>
    public static IEnumerable<CounterDifference> CompareMissing(WindowExpectation expected) =>
        expected.Values.Select(value => Difference(
            expected.Key, ValueText.Display(value.Key), "count", value.Value.Count.ToString(CultureInfo.InvariantCulture), "nothing"));

    /// <summary>Returns the differences of a stored window.</summary>
    /// <param name="stored">The window.</param>
    /// <param name="expected">The expected content, or null if the window should not exist.</param>
    /// <param name="plan">The plan of its generation, or of a later one.</param>
    /// <param name="now">The time of reading.</param>
    public static IEnumerable<CounterDifference> Compare(StoredWindow stored, WindowExpectation? expected, RollupPlan? plan, DateTimeOffset now)
    {
        var differences = stored.State.Values.Any() || expected is not null
            ? CompareValues(stored, expected)
            : [Difference(stored.Key, Whole, "item", "nothing", "a window without values")];
        return differences.Concat(CompareFacts(stored, expected, plan, now)).Concat(stored.Items.SelectMany(item => ComparePage(stored, item)));
    }

    private static IEnumerable<CounterDifference> CompareValues(StoredWindow stored, WindowExpectation? expected)
    {
        var (key, measure) = (stored.Key, stored.State.Measure);
        var should = expected?.Values ?? [];
        var limit = expected?.Counters.Min(counter => counter.Limit) ?? 0;
        var values = stored.GetValues();
        var hasOther = values.ContainsKey(ValueText.Other) && should.Count > limit;
        if (hasOther)
        {
            var difference = Compare(key, ValueText.All, ValueAttributes.Write(Total(should.Values), measure), ValueAttributes.Write(Total(stored.State.Values.Select(one => one.Value)), measure));
            foreach (var one in difference)
            {
                yield return one;
            }
        }

        foreach (var value in should.Keys.Union(values.Keys, StringComparer.Ordinal))
        {
            var has = values.GetValueOrDefault(value);
            var recounted = should.GetValueOrDefault(value);
            var isExcess = has is not null && value != ValueText.Other && stored.State[value].Count > (recounted?.Count ?? 0);

            // The events counted under a value before the limit was reached depend on the order of rollups, but its numbers must be consistent.
            var written = hasOther && !isExcess ? (has is null ? null : ValueAttributes.Write(stored.State[value], measure))
                : recounted is null ? null : ValueAttributes.Write(recounted, measure);
            foreach (var one in Compare(key, value, written, has))
            {
                yield return one;
            }
        }
    }

    private static Tally Total(IEnumerable<Tally> tallies)
    {
        var total = new Tally();
        foreach (var tally in tallies)
        {
            total.Merge(tally);
        }

        return total;
    }

    private static IEnumerable<CounterDifference> Compare(WindowKey key, string value, AttributeValue? expected, AttributeValue? actual)
    {
        var (should, has) = (expected?.M ?? [], actual?.M ?? []);
        return should.Keys.Union(has.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Expected: AttributeText.Format(should.GetValueOrDefault(name)), Actual: AttributeText.Format(has.GetValueOrDefault(name))))
            .Where(one => one.Expected != one.Actual)
            .Select(one => Difference(key, ValueText.Display(value), one.Name, one.Expected, one.Actual));
    }

    private static IEnumerable<CounterDifference> CompareFacts(StoredWindow stored, WindowExpectation? expected, RollupPlan? plan, DateTimeOffset now)
    {
        var (key, head) = (stored.Key, stored.Head);
        var arrived = head.GetValueOrDefault("arrivedUpTo")?.S ?? "";
        var through = plan is null ? "" : Attributes.TimeText(plan.Through);
        var isOfPlan = plan is not null && stored.State.Generation == plan.Generation;
        (string Name, string Expected)[] facts =
        [
            ("start", Attributes.TimeText(key.Start)),
            ("end", Attributes.TimeText(key.End)),
            ("complete", string.CompareOrdinal(Attributes.TimeText(key.End), arrived) <= 0 ? "true" : "false"),
            ("arrivedUpTo", isOfPlan || string.CompareOrdinal(arrived, through) > 0 ? through : arrived),
            ("eventTimeBounds", expected is null ? "nothing" : string.Join(' ', expected.Bounds)),
        ];
        foreach (var (name, should) in facts)
        {
            var has = AttributeText.Format(head.GetValueOrDefault(name));
            if (has != should)
            {
                yield return Difference(key, Whole, name, should, has);
            }
        }

        if (expected is null)
        {
            yield break;
        }

        var measure = expected.Counters[0].Definition.Measure;
        if (stored.State.Measure != measure)
        {
            yield return Difference(key, Whole, "measure", measure.ToString(), stored.State.Measure.ToString());
        }

        if (!expected.Definitions.Contains(stored.State.Definitions))
        {
            yield return Difference(key, Whole, "definitions", string.Join(" or ", expected.Definitions), stored.State.Definitions);
        }

        // The day of its last write is between its last link and now.
        var earliest = expected.Counters.Min(counter => counter.GetExpiry(key.Window, key.StartTicks, expected.LastWritten));
        var latest = expected.Counters.Max(counter => counter.GetExpiry(key.Window, key.StartTicks, now));
        var isWhole = expected.Counters.Exists(counter => (stored.State.Expiry - counter.Definition.Retention).UtcTicks % TimeSpan.TicksPerDay == 0);
        if (stored.State.Expiry < earliest || stored.State.Expiry > latest || !isWhole)
        {
            yield return Difference(key, Whole, Attributes.Expiry, Attributes.TimeText(earliest), Attributes.TimeText(stored.State.Expiry));
        }
    }

    private static IEnumerable<CounterDifference> ComparePage(StoredWindow stored, Dictionary<string, AttributeValue> item)
    {
        var key = Attributes.GetKey(item);
        var isHead = key == stored.Key.Head;
        foreach (var name in item.Keys.Where(name => !(isHead ? HeadNames : PageNames).Contains(name)))
        {
            yield return Difference(stored.Key, Whole, name, "nothing", AttributeText.Format(item[name]));
        }

        if (isHead)
        {
            yield break;
        }

        var page = key.Sort[(stored.Key.Head.Sort.Length + 1)..];
        var listed = stored.State.Pages.Find(one => one.Number > 0 && one.Name == page);
        var isStale = stored.State.Pages.Exists(one => one.Number > 0 && one.Name[..4] == page[..Math.Min(4, page.Length)] && one.Name != page)
            && page.Length == 5 && page[4] is 'a' or 'b' && Attributes.GetNumber(item, Attributes.Generation) < stored.State.Generation;
        if (listed is null && !isStale)
        {
            yield return Difference(stored.Key, Whole, "page", "nothing", page);
        }
        else if (listed is not null && Attributes.GetNumber(item, Attributes.Expiry) != stored.State.Expiry.ToUnixTimeSeconds())
        {
            yield return Difference(
                stored.Key, Whole, $"expiresAt of page {page}", Attributes.TimeText(stored.State.Expiry), AttributeText.Format(item[Attributes.Expiry]));
        }
    }

    private static CounterDifference Difference(WindowKey key, string value, string measure, string expected, string actual) =>
        new(key.Counter, key.Window, key.Start, value, measure, expected, actual);
}
