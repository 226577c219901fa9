using System.Globalization;
using Analytics.Streaming;

namespace Analytics.Archive;

/// <summary>
/// One object in the making: gzip over lines of JSON, in pooled memory. Its key follows from its records, so a batch that comes again
/// writes the same object again. See README.md in this folder for what a reader may rely on.
/// </summary>
internal sealed class ArchiveObject(ArchiveKind kind, DateTime hour, string shardId, ArchiveTotals totalsBefore) : IDisposable
{
    private readonly PooledStream _compressed = new();
    private GzipMember? _member;

    public ArchiveKind Kind => kind;

    /// <summary>The hour of arrival, UTC.</summary>
    public DateTime Hour => hour;

    /// <summary>What the batch came to before this object's first record: what is done when this object is the first not to be written.</summary>
    public ArchiveTotals TotalsBefore => totalsBefore;

    public SequenceNumber First { get; private set; }

    public SequenceNumber Last { get; private set; }

    /// <summary>For example <c>events/year=2025/month=08/day=08/hour=09/shardId-000000000000-4959…-4959….ndjson.gz</c>.</summary>
    public string Key => string.Create(
        CultureInfo.InvariantCulture,
        $"{(kind == ArchiveKind.Events ? "events" : "quarantine")}/year={hour:yyyy}/month={hour:MM}/day={hour:dd}/hour={hour:HH}/{shardId}-{First}-{Last}.ndjson.gz");

    public void Append(ReadOnlySpan<byte> line, SequenceNumber sequenceNumber)
    {
        if (_compressed.Length == 0 && _member is null)
        {
            First = sequenceNumber;
        }

        Last = sequenceNumber;
        _member ??= new GzipMember(_compressed);
        _member.Write(line);
    }

    /// <summary>Ends the gzip member at hand; another <see cref="Append"/> begins the next one.</summary>
    public void Close()
    {
        _member?.Dispose();
        _member = null;
    }

    /// <summary>The whole object from its start. It stays this object's; closing it frees nothing.</summary>
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
    }
}
