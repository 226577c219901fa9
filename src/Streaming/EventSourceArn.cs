namespace Analytics.Streaming;

/// <summary>The ARN of an event source: of a stream, or of a consumer with enhanced fan-out, <c>&lt;stream&gt;/consumer/&lt;name&gt;:&lt;creation time&gt;</c>.</summary>
public static class EventSourceArn
{
    private const string Separator = "/consumer/";

    /// <summary>Whether the event source is a consumer.</summary>
    public static bool IsConsumer(string arn)
    {
        ArgumentNullException.ThrowIfNull(arn);
        return arn.Contains(Separator, StringComparison.Ordinal);
    }

    /// <summary>The stream's ARN.</summary>
    public static string GetStream(string arn)
    {
        ArgumentNullException.ThrowIfNull(arn);
        return arn.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var end ? arn[..end] : arn;
    }

    /// <summary>Returns the ARN of a consumer.</summary>
    /// <param name="streamArn">The stream that it reads.</param>
    /// <param name="name">Its name.</param>
    /// <param name="createdAt">The time of its creation, in seconds since 1970.</param>
    public static string CreateConsumer(string streamArn, string name, long createdAt) => FormattableString.Invariant($"{streamArn}{Separator}{name}:{createdAt}");
}
