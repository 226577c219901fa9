using System.Globalization;
using System.Text;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Cli.Run;

/// <summary>The expected items of the results table: one per identifier and time, however often they were sent.</summary>
/// <param name="bounds">The bounds of plausible event times.</param>
internal sealed class ExpectedResults(EventTimeBounds bounds)
{
    private readonly Dictionary<UInt128, string> _items = [];
    private readonly Differences _differences = new();

    /// <summary>Number of events that repeat the identifier and time of another.</summary>
    public long Repeated { get; private set; }

    /// <summary>Number of expected items.</summary>
    public long Count { get; private set; }

    /// <summary>The differences, one line each; complete after <see cref="Finish"/>.</summary>
    public IReadOnlyList<string> Differences => _differences.Lines;

    /// <summary>Adds an event that was sent.</summary>
    public void Add(in StreamRecord record, in UserRecord user)
    {
        var time = bounds.Resolve(user.Event, record.ArrivalTime).Value.ToUnixTimeMilliseconds();
        var identity = EventIdentity.Create(record, user);
        if (_items.TryAdd(ComputeKey(identity, time.ToString(CultureInfo.InvariantCulture)), identity))
        {
            Count++;
        }
        else
        {
            Repeated++;
        }
    }

    /// <summary>Adds an item found in the table.</summary>
    public void Found(string eventId, string timestamp)
    {
        if (!_items.Remove(ComputeKey(eventId, timestamp)))
        {
            _differences.Add("results without an event that was sent", eventId);
        }
    }

    /// <summary>Completes the comparison after all items: adds missing results.</summary>
    public void Finish()
    {
        foreach (var identity in _items.Values)
        {
            _differences.Add("events without a result", identity);
        }
    }

    private static UInt128 ComputeKey(string eventId, string timestamp) => Fingerprint.Compute(Encoding.UTF8.GetBytes($"{timestamp} {eventId}"));
}
