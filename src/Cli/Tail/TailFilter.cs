using Amazon.Kinesis.Model;
using Analytics.Events;
using Analytics.Events.Patterns;

namespace Analytics.Cli.Tail;

/// <summary>Deaggregates records and selects those to print.</summary>
/// <param name="pattern">The events to select, or null for all.</param>
/// <param name="malformedOnly">Whether to select only malformed records.</param>
internal sealed class TailFilter(Pattern? pattern, bool malformedOnly)
{
    /// <summary>Returns the selected user records of a record.</summary>
    public List<TailedRecord> Select(EventReader events, string shardId, Record record)
    {
        var chosen = new List<TailedRecord>();
        ReadOnlyMemory<byte> data = record.Data.TryGetBuffer(out var buffer) ? buffer : record.Data.ToArray();
        foreach (ref readonly var user in events.Read(data))
        {
            if (user.IsEvent ? !malformedOnly && (pattern is null || pattern.Matches(user.Event)) : pattern is null)
            {
                chosen.Add(TailedRecord.Create(shardId, record, user));
            }
        }

        return chosen;
    }
}
