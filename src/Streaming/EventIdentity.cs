using System.Buffers.Text;
using System.Text;
using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>
/// By what an event is known in the archive, the results and the alerts: the producer's identifier, or where it stands in the stream
/// (<c>shardId:sequenceNumber</c>, and <c>:subSequenceNumber</c> above 0) when the producer gave none or one that is too long for a key.
/// What was copied here from another stream is known by where it stands in that one, so that a copy made twice has one identity.
/// </summary>
public static class EventIdentity
{
    /// <summary>The most bytes of an identifier: what a DynamoDB partition key holds.</summary>
    public const int MaxBytes = 2048;

    /// <summary>Writes the identifier as UTF-8.</summary>
    /// <param name="record">The Kinesis record.</param>
    /// <param name="user">The user record in it, an event.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int Write(in StreamRecord record, in UserRecord user, Span<byte> destination)
    {
        ref readonly var @event = ref user.Event;
        return @event.Text(EventField.EventId).TryCopyTo(destination[..MaxBytes], out var written) && written > 0
            ? written
            : user.Origin is { } origin ? Encoding.UTF8.GetBytes(origin.Position, destination)
            : WritePosition(record, user.SubSequenceNumber, destination);
    }

    /// <summary>The identifier as a string.</summary>
    public static string Of(in StreamRecord record, in UserRecord user)
    {
        Span<byte> text = stackalloc byte[MaxBytes];
        return Encoding.UTF8.GetString(text[..Write(record, user, text)]);
    }

    private static int WritePosition(in StreamRecord record, int subSequenceNumber, Span<byte> destination)
    {
        var length = Encoding.UTF8.GetBytes(record.ShardId, destination);
        destination[length++] = (byte)':';
        length += Encoding.UTF8.GetBytes(record.SequenceNumber.ToString(), destination[length..]);
        if (subSequenceNumber > 0)
        {
            destination[length++] = (byte)':';
            _ = Utf8Formatter.TryFormat(subSequenceNumber, destination[length..], out var digits);
            length += digits;
        }

        return length;
    }
}
