using System.Security.Cryptography;
using Analytics.Archiving;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Archive;

/// <summary>
/// An archive object being written: gzip over lines of JSON, in pooled memory. Its key is derived from its records, so a redelivered batch
/// writes the same object again. See src/Archiving/README.md for the guarantees for readers.
/// </summary>
/// <param name="kind">The kind of records.</param>
/// <param name="hour">The hour of arrival, UTC.</param>
/// <param name="batch">The batch.</param>
/// <param name="totalsBefore">The batch's totals before this object's first record.</param>
internal sealed class ArchiveObject(ArchiveKind kind, DateTime hour, BatchInfo batch, ArchiveTotals totalsBefore) : IDisposable
{
    private const int ContentHashBytes = 16;

    // Batches of a consumer may split an aggregate, so that several have the same first and last sequence number.
    private readonly IncrementalHash? _contents = batch.IsFromConsumer ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    private readonly PooledStream _compressed = new();
    private GzipMember? _member;

    public ArchiveKind Kind => kind;

    /// <summary>The hour of arrival, UTC.</summary>
    public DateTime Hour => hour;

    /// <summary>The batch's totals before this object's first record: those of the committed records if this is the first object that cannot be written.</summary>
    public ArchiveTotals TotalsBefore => totalsBefore;

    public SequenceNumber First { get; private set; }

    public SequenceNumber Last { get; private set; }

    /// <summary>
    /// For example <c>events/year=2025/month=08/day=08/hour=09/shardId-000000000000-4959…-4959….ndjson.gz</c>; for a consumer's batch with a hash
    /// of the records before the extension.
    /// </summary>
    public string Key => ArchiveObjectName.CreateKey(kind, hour, batch.ShardId, First, Last, ContentHash);

    private ReadOnlySpan<byte> ContentHash => _contents is null ? default : _contents.GetCurrentHash().AsSpan(0, ContentHashBytes);

    public void Append(ReadOnlySpan<byte> line, in StreamRecord record, in UserRecord user)
    {
        var sequenceNumber = record.SequenceNumber;
        if (_compressed.Length == 0 && _member is null)
        {
            First = sequenceNumber;
        }

        Last = sequenceNumber;
        _member ??= new GzipMember(_compressed);
        _member.Write(line);
        if (_contents is not null)
        {
            Span<byte> identity = stackalloc byte[RecordIdentity.MaxBytes];
            _contents.AppendData(identity[..RecordIdentity.Create(record, user).Write(identity)]);
            _contents.AppendData(user.Data.Span);
        }
    }

    /// <summary>Ends the current gzip member; another <see cref="Append"/> starts the next one.</summary>
    public void Close()
    {
        _member?.Dispose();
        _member = null;
    }

    /// <summary>Returns a stream of the complete object. This instance keeps ownership; closing the stream frees nothing.</summary>
    public Stream Content()
    {
        Close();
        _compressed.Position = 0;
        return _compressed;
    }

    public void Dispose()
    {
        Close();
        _compressed.Free();
        _contents?.Dispose();
    }
}
