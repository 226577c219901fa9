using Amazon.Kinesis.Model;
using Analytics.Events;

namespace Analytics.Cli.Tail;

/// <summary>The printed parts of a user record.</summary>
internal sealed record TailedRecord
{
    /// <summary>Maximum number of bytes of a malformed record to print.</summary>
    public const int MaxPreview = 60;

    public required DateTimeOffset Arrival { get; init; }

    public required string ShardId { get; init; }

    public required string SequenceNumber { get; init; }

    public required string PartitionKey { get; init; }

    /// <summary>The event's type, or null if the record is malformed.</summary>
    public string? Type { get; init; }

    public string? User { get; init; }

    public string? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>The reason why the record is malformed, or null for an event.</summary>
    public string? Reason { get; init; }

    /// <summary>The first bytes of a malformed record.</summary>
    public ReadOnlyMemory<byte> Preview { get; init; }

    /// <summary>The bytes of a malformed record.</summary>
    public int Length { get; init; }

    /// <summary>Decodes a user record.</summary>
    public static TailedRecord Create(string shardId, Record record, in UserRecord user)
    {
        var place = new TailedRecord
        {
            Arrival = record.ApproximateArrivalTimestamp is { } time ? new DateTimeOffset(time.ToUniversalTime()) : DateTimeOffset.UnixEpoch,
            ShardId = shardId,
            SequenceNumber = record.SequenceNumber,
            PartitionKey = user.PartitionKey ?? record.PartitionKey,
        };
        if (!user.IsEvent)
        {
            return place with
            {
                Reason = MalformedReasonNames.GetName(user.Malformed.Reason),
                Preview = user.Data[..Math.Min(user.Data.Length, MaxPreview)],
                Length = user.Data.Length,
            };
        }

        ref readonly var @event = ref user.Event;
        return place with
        {
            Type = @event.Text(EventField.EventType).ToString(),
            User = GetText(@event, EventField.UserId),
            Amount = GetText(@event, EventField.Amount),
            Currency = GetText(@event, EventField.Currency),
        };
    }

    private static string? GetText(in Event @event, EventField field) => @event.Text(field) is { IsPresent: true } text ? text.ToString() : null;
}
