using System.Globalization;
using System.IO.Compression;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Analytics.Archiving;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;

namespace Analytics.Dashboard.Parts;

/// <summary>The latest malformed records, from the archive bucket: those of the current and previous hour.</summary>
/// <param name="s3">The S3 client.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="progress">Returns a number that changes if there may be new data; the bucket is read when it changes.</param>
/// <param name="period">The time between two reads.</param>
/// <param name="clock">The clock.</param>
internal sealed class QuarantinePart(IAmazonS3 s3, string bucket, Func<long> progress, TimeSpan period, TimeProvider clock) : IDashboardPart
{
    /// <summary>The number of displayed bytes of a record.</summary>
    public const int MaxPreview = 120;

    private readonly Feed _feed = new("quarantine");
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private long? _progress;

    /// <inheritdoc/>
    public string Name => "Quarantine";

    /// <inheritdoc/>
    public TimeSpan Period => period;

    /// <inheritdoc/>
    public bool Owns(string key) => _feed.Owns(key);

    /// <inheritdoc/>
    public async Task<DashboardEntries?> ReadAsync(CancellationToken cancellationToken)
    {
        var now = progress();
        if (now != _progress)
        {
            var hour = clock.GetUtcNow();
            string[] prefixes = [Prefix(hour.AddHours(-1)), Prefix(hour)];
            _seen.RemoveWhere(key => !Array.Exists(prefixes, prefix => key.StartsWith(prefix, StringComparison.Ordinal)));
            foreach (var prefix in prefixes)
            {
                await ReadAsync(prefix, cancellationToken);
            }

            _progress = now;
        }

        return _feed.Read();
    }

    private async Task ReadAsync(string prefix, CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await s3.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, ContinuationToken = next }, cancellationToken);
            foreach (var found in (page.S3Objects ?? []).Where(found => !_seen.Contains(found.Key)).OrderBy(found => found.LastModified))
            {
                using var response = await s3.GetObjectAsync(bucket, found.Key, cancellationToken);
                var (items, count) = await ReadLinesAsync(response.ResponseStream, cancellationToken);
                _feed.Skip(count - items.Count);
                items.ForEach(_feed.Add);
                _seen.Add(found.Key);
            }

            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }

    /// <summary>Reads the last lines of an object, and their total number.</summary>
    internal static async Task<(List<FeedItem> Items, long Count)> ReadLinesAsync(Stream content, CancellationToken cancellationToken)
    {
        var last = new Queue<string>();
        var count = 0L;
        await using var unzipped = new GZipStream(content, CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            count++;
            last.Enqueue(line);
            if (last.Count > Feed.Kept)
            {
                last.Dequeue();
            }
        }

        return ([.. last.Select(Read)], count);
    }

    private static FeedItem Read(string line)
    {
        var entry = ArchiveEntry.Parse(Encoding.UTF8.GetBytes(line));
        var fields = new List<FieldEntry>
        {
            new("data", Preview(entry.Data.Span)),
            new("bytes", entry.Data.Length.ToString("N0", CultureInfo.InvariantCulture)),
        };
        if (entry.Position is { } position)
        {
            fields.Add(new("position", position.ToString(CultureInfo.InvariantCulture)));
        }

        fields.Add(new("key", entry.PartitionKey, IsDetail: true));
        fields.Add(new("shard", entry.Key.ShardId, IsDetail: true));
        fields.Add(new("sequence", entry.Key.SequenceNumber.ToString(), IsDetail: true));
        return new FeedItem(entry.ArrivalTime, entry.Reason ?? "", fields);
    }

    /// <summary>Formats the first bytes as text: printable ASCII unchanged, all else as <c>\xNN</c>.</summary>
    internal static string Preview(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        foreach (var one in data[..Math.Min(data.Length, MaxPreview)])
        {
            _ = one is >= 0x20 and < 0x7F and not (byte)'\\' ? text.Append((char)one) : text.Append(CultureInfo.InvariantCulture, $"\\x{one:X2}");
        }

        return data.Length > MaxPreview ? text.Append(" …").ToString() : text.ToString();
    }

    private static string Prefix(DateTimeOffset time) => ArchiveKey.HourPrefix(ArchiveKind.Quarantine, time.UtcDateTime);
}
