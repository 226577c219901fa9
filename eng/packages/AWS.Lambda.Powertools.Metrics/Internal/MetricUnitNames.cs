namespace AWS.Lambda.Powertools.Metrics.Internal;

/// <summary>The names of the units in CloudWatch.</summary>
internal static class MetricUnitNames
{
    private static readonly string[] Names =
    [
        "None",
        "Seconds",
        "Microseconds",
        "Milliseconds",
        "Bytes",
        "Kilobytes",
        "Megabytes",
        "Gigabytes",
        "Terabytes",
        "Bits",
        "Kilobits",
        "Megabits",
        "Gigabits",
        "Terabits",
        "Percent",
        "Count",
        "Bytes/Second",
        "Kilobytes/Second",
        "Megabytes/Second",
        "Gigabytes/Second",
        "Terabytes/Second",
        "Bits/Second",
        "Kilobits/Second",
        "Megabits/Second",
        "Gigabits/Second",
        "Terabits/Second",
        "Count/Second",
    ];

    public static string GetName(MetricUnit unit) => (int)unit >= 0 && (int)unit < Names.Length
        ? Names[(int)unit]
        : throw new ArgumentOutOfRangeException(nameof(unit), unit, "Not one of CloudWatch's units.");
}
