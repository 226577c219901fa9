namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Collects a response's bytes, up to a limit, in a reused buffer.</summary>
/// <param name="limit">The maximum number of bytes.</param>
/// <param name="kept">A buffer larger than this is released after the response.</param>
internal sealed class ResponseBuffer(int limit, int kept) : MemoryStream
{
    /// <summary>Whether the limit was exceeded; the write threw an exception.</summary>
    public bool IsOverLimit { get; private set; }

    public ReadOnlyMemory<byte> Written => GetBuffer().AsMemory(0, (int)Length);

    /// <summary>Empties it.</summary>
    public void Reset()
    {
        SetLength(0);
        IsOverLimit = false;
        if (Capacity > kept)
        {
            Capacity = 0;
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        EnsureRoom(count);
        base.Write(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        EnsureRoom(buffer.Length);
        base.Write(buffer);
    }

    public override void WriteByte(byte value)
    {
        EnsureRoom(1);
        base.WriteByte(value);
    }

    private void EnsureRoom(int count)
    {
        if (Position + count > limit)
        {
            IsOverLimit = true;
            throw new IOException($"The response is larger than {limit} bytes.");
        }
    }
}
