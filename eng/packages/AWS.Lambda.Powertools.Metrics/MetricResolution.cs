namespace AWS.Lambda.Powertools.Metrics;

/// <summary>How finely CloudWatch keeps a metric.</summary>
public enum MetricResolution
{
    /// <summary>By the minute.</summary>
    Standard = 60,

    /// <summary>By the second.</summary>
    High = 1,

    /// <summary>What CloudWatch does when it is not told: by the minute.</summary>
    Default = 0,
}
