using System.Buffers;
using System.Text;

namespace Analytics.Events;

/// <summary>
/// The origin of a copied record, stored in a tag of the KPL aggregation format, <see cref="TagKey"/>, as
/// <c>region/stream/identity</c>.
/// </summary>
/// <param name="Region">For example <c>eu-west-1</c>.</param>
/// <param name="Stream">The stream's name.</param>
/// <param name="Position">The record's identity in that stream: <c>Analytics.Streaming.RecordIdentity</c>.</param>
public readonly record struct RecordOrigin(string Region, string Stream, string Position)
{
    /// <summary>The maximum size of a tag's value in bytes: sufficient for a region, a stream name of 128 characters, a shard and a sequence number of 129 digits.</summary>
    public const int MaxBytes = 512;

    /// <summary>The tag's key.</summary>
    public static ReadOnlySpan<byte> TagKey => "analytics-origin"u8;

    /// <summary>Parses a tag's value. Anyone who can put records can write one, so any unusual value is rejected.</summary>
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

    /// <summary>Returns the tag's value.</summary>
    public override string ToString() => $"{Region}/{Stream}/{Position}";

    private static readonly SearchValues<byte> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-:/"u8);
}
