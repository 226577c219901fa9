using System.Text;
using Analytics.Events.Patterns;

namespace Analytics.Local.Mapping;

/// <summary>The FilterCriteria of a mapping: a record passes if one of the patterns matches, or if there are none.</summary>
internal sealed class RecordFilter(EventSourceMappingConfiguration configuration)
{
    private readonly Pattern[] _patterns =
        [.. configuration.FilterCriteria.Select(pattern => Pattern.Parse(Encoding.UTF8.GetBytes(pattern), PatternTarget.Record))];

    /// <summary>Returns whether a record passes.</summary>
    public bool Matches(string shardId, in ShardRecord record)
    {
        if (_patterns.Length == 0)
        {
            return true;
        }

        var candidate = new PatternRecord
        {
            Data = record.Data.Span,
            PartitionKey = record.PartitionKey,
            SequenceNumber = record.SequenceNumber,
            ApproximateArrivalTimestamp = record.ArrivalTime.ToUnixTimeMilliseconds() / 1000m,
            KinesisSchemaVersion = "1.0",
            EventSource = "aws:kinesis",
            EventVersion = "1.0",
            EventId = $"{shardId}:{record.SequenceNumber}",
            EventName = "aws:kinesis:record",
            InvokeIdentityArn = configuration.EffectiveInvokeIdentityArn,
            AwsRegion = configuration.Region,
            EventSourceArn = configuration.EventSourceArn,
        };
        foreach (var pattern in _patterns)
        {
            if (pattern.MatchesRecord(candidate))
            {
                return true;
            }
        }

        return false;
    }
}
