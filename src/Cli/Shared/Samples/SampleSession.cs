namespace Analytics.Cli.Shared.Samples;

/// <summary>A user's visit: how many events are left in it, and how far it has come.</summary>
internal sealed class SampleSession(SampleUser user, string id, int length)
{
    public SampleUser User { get; } = user;

    public string Id { get; } = id;

    /// <summary>Events still to come.</summary>
    public int Remaining { get; set; } = length;

    /// <summary>Pages seen so far.</summary>
    public int PagesViewed { get; set; }

    /// <summary>Seconds since the visit began, by the user's reading speed rather than by the clock.</summary>
    public int Seconds { get; set; }

    /// <summary>The page seen last, which the next one names as its referrer.</summary>
    public string? LastPage { get; set; }
}
