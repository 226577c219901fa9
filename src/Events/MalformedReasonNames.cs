namespace Analytics.Events;

/// <summary>The names of the reasons in snake_case, as used in the quarantine and metrics.</summary>
public static class MalformedReasonNames
{
    /// <summary>Returns the name of a reason, for example <c>not_an_object</c>.</summary>
    public static string GetName(MalformedReason reason) => reason switch
    {
        MalformedReason.Empty => "empty",
        MalformedReason.NotJson => "not_json",
        MalformedReason.NotAnObject => "not_an_object",
        MalformedReason.InvalidUtf8 => "invalid_utf8",
        MalformedReason.TooDeep => "too_deep",
        MalformedReason.TooLarge => "too_large",
        MalformedReason.StringTooLong => "string_too_long",
        MalformedReason.NumberNotFinite => "number_not_finite",
        MalformedReason.InvalidGzip => "invalid_gzip",
        MalformedReason.InvalidAggregate => "invalid_aggregate",
        MalformedReason.DecompressedTooLarge => "decompressed_too_large",
        MalformedReason.NestedAggregate => "nested_aggregate",
        MalformedReason.UnsupportedCompression => "unsupported_compression",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
