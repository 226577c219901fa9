using System.Text;
using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>
/// Identifies an event in the archive, the results and the alerts: the producer's identifier, or the text of its
/// <see cref="RecordIdentity"/> if the producer gave none or one that is too long for a key. A copy from another stream has the identity
/// of the original, so that a record copied twice has one identity.
/// </summary>
public static class EventIdentity
{
    /// <summary>The maximum size of an identifier in bytes: the limit of a DynamoDB partition key.</summary>
    public const int MaxBytes = 2048;

    /// <summary>Writes the identifier as UTF-8.</summary>
    /// <param name="record">The Kinesis record.</param>
    /// <param name="user">The user record in it, an event.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(in StreamRecord record, in UserRecord user, Span<byte> destination)
    {
        ref readonly var @event = ref user.Event;
        return @event.Text(EventField.EventId).TryCopyTo(destination[..MaxBytes], out var written) && written > 0
            ? written
            : user.Origin is { } origin ? Encoding.UTF8.GetBytes(origin.Position, destination)
            : RecordIdentity.Create(record, user).Write(destination);
    }

    /// <summary>Returns the identifier as a string.</summary>
    public static string Create(in StreamRecord record, in UserRecord user)
    {
        Span<byte> text = stackalloc byte[MaxBytes];
        return Encoding.UTF8.GetString(text[..Write(record, user, text)]);
    }
}
