using Amazon.Kinesis.Model;
using Analytics.Events;
using Analytics.Events.Patterns;

namespace Analytics.Cli.Tail;

/// <summary>Takes records apart and chooses what is printed.</summary>
/// <param name="pattern">The events to choose; null for all.</param>
/// <param name="malformedOnly">Whether to choose malformed records only.</param>
internal sealed class TailFilter(Pattern? pattern, bool malformedOnly)
{
    /// <summary>The chosen user records of a record.</summary>
    public List<TailedRecord> Select(EventReader events, string shardId, Record record)
    {
        var chosen = new List<TailedRecord>();
        ReadOnlyMemory<byte> data = record.Data.TryGetBuffer(out var buffer) ? buffer : record.Data.ToArray();
        foreach (ref readonly var user in events.Read(data))
        {
            if (user.IsEvent ? !malformedOnly && (pattern is null || pattern.Matches(user.Event)) : pattern is null)
            {
                chosen.Add(TailedRecord.Of(shardId, record, user));
            }
        }

        return chosen;
    }
}
