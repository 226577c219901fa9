using System.Buffers;

namespace Amazon.Protocols;

/// <summary>A response's body in a rented buffer.</summary>
internal readonly struct ResponseBody : IDisposable
{
    private const int UnknownLength = 16 * 1024;

    private readonly byte[] _buffer;
    private readonly int _length;

    private ResponseBody(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads a body to its end.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="contentLength">Its length from the response, or a negative number.</param>
    public static ResponseBody Read(Stream stream, long contentLength)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(contentLength >= 0 ? (int)contentLength + 1 : UnknownLength);
        var length = 0;
        while (stream.Read(buffer, length, buffer.Length - length) is var read and > 0)
        {
            length += read;
            if (length == buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }

        return new ResponseBody(buffer, length);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
