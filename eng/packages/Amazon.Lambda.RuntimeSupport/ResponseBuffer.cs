namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Takes a response's bytes, up to a limit, in a buffer that is used again.</summary>
/// <param name="limit">The most bytes that it takes.</param>
/// <param name="kept">A buffer that grew larger than this is let go after the response.</param>
internal sealed class ResponseBuffer(int limit, int kept) : MemoryStream
{
    /// <summary>Whether more was written than it takes. Writing it threw an exception.</summary>
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
