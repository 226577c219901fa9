namespace Analytics.Local.Mapping;

/// <summary>How long to wait before trying again: 0.2 s first, twice as long each time, a minute at most.</summary>
internal static class RetryBackoff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.2);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <param name="failures">How often it has failed in a row, from 1.</param>
    public static TimeSpan After(int failures)
    {
        var doublings = Math.Min(failures - 1, 16);
        var delay = First * (1 << doublings);
        return delay < Longest ? delay : Longest;
    }
}
