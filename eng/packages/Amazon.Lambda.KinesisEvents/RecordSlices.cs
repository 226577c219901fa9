namespace Amazon.Lambda.KinesisEvents;

/// <summary>A slice of a buffer. The default is empty.</summary>
internal readonly struct Slice(int offset, int length)
{
    private readonly int _lengthAndOne = length + 1;

    public int Offset { get; } = offset;

    public int Length => _lengthAndOne - 1;

    public bool IsNone => _lengthAndOne == 0;
}

/// <summary>The slices of a record's strings and bytes in the shared buffer.</summary>
internal readonly struct RecordSlices(byte[] buffer, int start, Slice partitionKey, Slice sequenceNumber, Slice data)
{
    private readonly byte[]? _buffer = buffer;
    private readonly int _start = start;

    public Slice PartitionKey { get; } = partitionKey;

    public Slice SequenceNumber { get; } = sequenceNumber;

    public Slice Data { get; } = data;

    /// <summary>The slice's bytes, or null if the record has none.</summary>
    public ArraySegment<byte>? Resolve(Slice slice) =>
        _buffer is null || slice.IsNone ? default(ArraySegment<byte>?) : new ArraySegment<byte>(_buffer, _start + slice.Offset, slice.Length);
}
