using System.Globalization;

namespace Analytics.EndToEnd.Tests;

/// <summary>A test of many minutes; run where ANALYTICS_SOAK is a number of events, as <c>make soak</c> sets it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SoakFactAttribute : FactAttribute
{
    /// <summary>The number of events, or 0.</summary>
    public static int Events =>
        int.TryParse(Environment.GetEnvironmentVariable("ANALYTICS_SOAK"), NumberStyles.None, CultureInfo.InvariantCulture, out var events) ? events : 0;

    public SoakFactAttribute()
    {
        if (Events == 0)
        {
            Skip = "ANALYTICS_SOAK is not a number of events: make soak";
        }
    }
}
