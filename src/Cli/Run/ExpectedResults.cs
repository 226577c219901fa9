using System.Globalization;
using System.Text;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Run;

/// <summary>The items that the results table has to hold: one for each identifier and time, however often they came.</summary>
/// <param name="bounds">Which event times are believed.</param>
internal sealed class ExpectedResults(EventTimeBounds bounds)
{
    private readonly Dictionary<UInt128, string> _items = [];
    private readonly Differences _differences = new();

    /// <summary>Events that repeat the identifier and time of another.</summary>
    public long Repeated { get; private set; }

    /// <summary>Items that have to be there.</summary>
    public long Count { get; private set; }

    /// <summary>What does not hold, one line each; complete after <see cref="Finish"/>.</summary>
    public IReadOnlyList<string> Differences => _differences.Lines;

    /// <summary>An event that was sent.</summary>
    public void Add(in StreamRecord record, in UserRecord user)
    {
        var time = bounds.Resolve(user.Event, record.ArrivalTime).Value.ToUnixTimeMilliseconds();
        var identity = EventIdentity.Of(record, user);
        if (_items.TryAdd(KeyOf(identity, time.ToString(CultureInfo.InvariantCulture)), identity))
        {
            Count++;
        }
        else
        {
            Repeated++;
        }
    }

    /// <summary>An item that is there.</summary>
    public void Found(string eventId, string timestamp)
    {
        if (!_items.Remove(KeyOf(eventId, timestamp)))
        {
            _differences.Add("results for no event that was sent", eventId);
        }
    }

    /// <summary>After all items: what is missing.</summary>
    public void Finish()
    {
        foreach (var identity in _items.Values)
        {
            _differences.Add("events without a result", identity);
        }
    }

    private static UInt128 KeyOf(string eventId, string timestamp) => Fingerprint.Of(Encoding.UTF8.GetBytes($"{timestamp} {eventId}"));
}
