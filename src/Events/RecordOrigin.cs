using System.Buffers;
using System.Text;

namespace Analytics.Events;

/// <summary>
/// Where a record was first put, as a copy of it carries it: a tag of the KPL's aggregation format, <see cref="TagKey"/>, with
/// <c>region/stream/identity</c>.
/// </summary>
/// <param name="Region">For example <c>eu-west-1</c>.</param>
/// <param name="Stream">The stream's name.</param>
/// <param name="Position">Its identity in that stream: <c>Analytics.Streaming.RecordIdentity</c>.</param>
public readonly record struct RecordOrigin(string Region, string Stream, string Position)
{
    /// <summary>The most bytes of a tag's value: a region, a stream's name of 128, a shard and a sequence number of 129 digits fit.</summary>
    public const int MaxBytes = 512;

    /// <summary>The tag's key.</summary>
    public static ReadOnlySpan<byte> TagKey => "analytics-origin"u8;

    /// <summary>Reads a tag's value. It may come from anyone who can put records, so anything unusual is no origin.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out RecordOrigin origin)
    {
        origin = default;
        if (value.Length > MaxBytes || value.ContainsAnyExcept(Characters))
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(value).Split('/');
        if (parts.Length != 3 || parts.Any(part => part.Length == 0))
        {
            return false;
        }

        origin = new RecordOrigin(parts[0], parts[1], parts[2]);
        return true;
    }

    /// <summary>The tag's value.</summary>
    public override string ToString() => $"{Region}/{Stream}/{Position}";

    private static readonly SearchValues<byte> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-:/"u8);
}
