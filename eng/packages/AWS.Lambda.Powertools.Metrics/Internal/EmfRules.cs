namespace AWS.Lambda.Powertools.Metrics.Internal;

/// <summary>
/// The limits of the embedded metric format,
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html,
/// and of CloudWatch's names.
/// </summary>
internal static class EmfRules
{
    public const int MaxMetrics = 100;
    public const int MaxValues = 100;
    public const int MaxDimensions = 30;
    public const int MaxMetricName = 1024;
    public const int MaxDimensionName = 250;
    public const int MaxDimensionValue = 1024;
    public const int MaxNamespace = 255;

    /// <summary>The member of an EMF line with its directives.</summary>
    public const string Directives = "_aws";

    /// <summary>A valid CloudWatch name or value: printable ASCII, not blank, within the length.</summary>
    /// <exception cref="ArgumentException">It is invalid.</exception>
    public static void RequireText(string? text, int maxLength, string what, string parameter)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentException($"A {what} cannot be empty.", parameter);
        }

        if (text.Length > maxLength)
        {
            throw new ArgumentException($"A {what} has at most {maxLength} characters; this one has {text.Length}.", parameter);
        }

        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"A {what} has printable ASCII characters only.", parameter);
        }
    }
}
