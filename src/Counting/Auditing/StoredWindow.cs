using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.Storage;
using Analytics.Counting.Windows;

namespace Analytics.Counting.Auditing;

/// <summary>A window as stored in its items.</summary>
/// <param name="Key">The window.</param>
/// <param name="State">The decoded window.</param>
/// <param name="Items">The head and pages, including stale slots.</param>
/// <param name="Cut">The index of the positions up to which it includes links.</param>
internal sealed record StoredWindow(WindowKey Key, CounterWindowState State, IReadOnlyList<Dictionary<string, AttributeValue>> Items, int Cut)
{
    public Dictionary<string, AttributeValue> Head => Items.First(item => Attributes.GetKey(item) == Key.Head);

    /// <summary>Returns the values with the stored attributes.</summary>
    public Dictionary<string, AttributeValue> GetValues()
    {
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        var pages = State.Pages.Where(page => page.Number > 0).Select(page => CounterKeys.GetPage(Key.Head.Sort, page.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var item in Items.Where(item => Attributes.GetKey(item) is var key && (key == Key.Head || pages.Contains(key.Sort))))
        {
            foreach (var (name, value) in WindowItems.GetValues(item))
            {
                values[name] = value;
            }
        }

        return values;
    }
}
