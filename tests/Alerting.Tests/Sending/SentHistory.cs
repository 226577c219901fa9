namespace Analytics.Alerting.Tests.Sending;

/// <summary>The published alerts and the events of a simulated world.</summary>
internal sealed class SentHistory
{
    /// <summary>The numbers of held-back alerts with which each alert was published, by its id: one for each time.</summary>
    public Dictionary<string, List<long>> Published { get; } = new(StringComparer.Ordinal);

    /// <summary>Alerts that may be published twice: a fault occurred between publishing and marking.</summary>
    public HashSet<string> Excused { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each thing happened.</summary>
    public Dictionary<string, int> Seen { get; } = new(StringComparer.Ordinal);

    public void Note(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;

    public void Excuse(FaultyCalls calls) => Excused.UnionWith(calls.Unmarked);

    public void Publish(string id, long heldBack)
    {
        if (!Published.TryGetValue(id, out var sent))
        {
            Published.Add(id, sent = []);
        }

        sent.Add(heldBack);
    }
}
