namespace AWS.Lambda.Powertools.Metrics;

/// <summary>The resolution at which CloudWatch stores a metric.</summary>
public enum MetricResolution
{
    /// <summary>One minute.</summary>
    Standard = 60,

    /// <summary>One second.</summary>
    High = 1,

    /// <summary>CloudWatch's default: one minute.</summary>
    Default = 0,
}
