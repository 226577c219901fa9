using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Analytics.Events;

namespace Analytics.Streaming;

/// <summary>
/// Identifies a user record in its stream. The user records of a KPL aggregate share a sequence number, and with enhanced fan-out they
/// arrive one by one, so the identity includes their contents. It is the same whether a record arrives in a whole aggregate, deaggregated,
/// redelivered, replayed or from the archive.
/// </summary>
/// <param name="ShardId">The shard.</param>
/// <param name="SequenceNumber">The sequence number of its Kinesis record.</param>
/// <param name="Fingerprint">Its <see cref="RecordFingerprint"/>.</param>
/// <param name="Occurrence">The number of user records with that sequence number and fingerprint before it.</param>
public readonly record struct RecordIdentity(string ShardId, SequenceNumber SequenceNumber, ulong Fingerprint, int Occurrence)
{
    /// <summary>The maximum size of an identity's text in bytes, for a shard ID of up to 128 characters.</summary>
    public const int MaxBytes = 128 + 1 + SequenceNumber.MaxDigits + 1 + 16 + 1 + 10;

    /// <summary>Creates the identity of a user record.</summary>
    public static RecordIdentity Create(in StreamRecord record, in UserRecord user) =>
        new(record.ShardId, record.SequenceNumber, RecordFingerprint.Compute(record, user), record.Occurrence);

    /// <summary>Writes the text of <see cref="ToString"/> as UTF-8.</summary>
    /// <param name="destination">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public int Write(Span<byte> destination)
    {
        var length = Encoding.UTF8.GetBytes(ShardId, destination);
        destination[length++] = (byte)':';
        length += Encoding.UTF8.GetBytes(SequenceNumber.ToString(), destination[length..]);
        destination[length++] = (byte)':';
        _ = Fingerprint.TryFormat(destination[length..], out var digits, "x16", CultureInfo.InvariantCulture);
        length += digits;
        if (Occurrence > 0)
        {
            destination[length++] = (byte)':';
            _ = Utf8Formatter.TryFormat(Occurrence, destination[length..], out digits);
            length += digits;
        }

        return length;
    }

    /// <summary><c>shardId:sequenceNumber:fingerprint</c>, the fingerprint in 16 hexadecimal digits, and <c>:occurrence</c> above 0.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{ShardId}:{SequenceNumber}:{Fingerprint:x16}{(Occurrence > 0 ? ":" : "")}{(Occurrence > 0 ? Occurrence : null)}");
}
