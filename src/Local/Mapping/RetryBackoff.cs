namespace Analytics.Local.Mapping;

/// <summary>The delay before a retry: 0.2 s at first, doubled each time, at most a minute.</summary>
internal static class RetryBackoff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.2);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <param name="failures">The number of consecutive failures, from 1.</param>
    public static TimeSpan After(int failures)
    {
        var doublings = Math.Min(failures - 1, 16);
        var delay = First * (1 << doublings);
        return delay < Longest ? delay : Longest;
    }
}
