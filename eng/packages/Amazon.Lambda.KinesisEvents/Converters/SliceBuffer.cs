namespace Amazon.Lambda.KinesisEvents.Converters;

/// <summary>
/// The shared buffers of the records of a batch. All slices of a record are in one buffer. Buffers start small, for small batches,
/// and grow up to a size at which the unused part of the last one is negligible, and which keeps them off the large object heap:
/// buffers there would cause mostly full collections.
/// </summary>
internal struct SliceBuffer
{
    private const int FirstSize = 8 * 1024;
    private const int MaxSize = 64 * 1024;

    private byte[]? _buffer;
    private int _size;
    private int _start;
    private int _used;

    /// <summary>Starts a record.</summary>
    public void Begin() => _start = _used;

    /// <summary>Reserves bytes; <see cref="Take"/> takes the used part.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_buffer is null || _buffer.Length - _used < length)
        {
            Grow(length);
        }

        return _buffer.AsSpan(_used, length);
    }

    /// <summary>Takes the first reserved bytes.</summary>
    public Slice Take(int length)
    {
        var slice = new Slice(_used - _start, length);
        _used += length;
        return slice;
    }

    /// <summary>A slice's bytes, while its record is the current one.</summary>
    public readonly ReadOnlySpan<byte> Bytes(Slice slice) => _buffer.AsSpan(_start + slice.Offset, slice.Length);

    /// <summary>Ends a record.</summary>
    public readonly RecordSlices End(Slice partitionKey, Slice sequenceNumber, Slice data) =>
        _buffer is null ? default : new RecordSlices(_buffer, _start, partitionKey, sequenceNumber, data);

    private void Grow(int length)
    {
        _size = _size == 0 ? FirstSize : Math.Min(_size * 2, MaxSize);
        var ofRecord = _used - _start;
        var buffer = GC.AllocateUninitializedArray<byte>(Math.Max(_size, ofRecord + length));
        _buffer.AsSpan(_start, ofRecord).CopyTo(buffer);
        _buffer = buffer;
        _start = 0;
        _used = ofRecord;
    }
}
