namespace Analytics.Cli.Shared.Samples;

/// <summary>A user's visit and its progress.</summary>
internal sealed class SampleSession(SampleUser user, string id, int length)
{
    public SampleUser User { get; } = user;

    public string Id { get; } = id;

    /// <summary>Number of remaining events.</summary>
    public int Remaining { get; set; } = length;

    /// <summary>Number of pages visited.</summary>
    public int PagesViewed { get; set; }

    /// <summary>Seconds since the start of the visit, by the user's reading speed rather than the clock.</summary>
    public int Seconds { get; set; }

    /// <summary>The last page, which is the referrer of the next one.</summary>
    public string? LastPage { get; set; }
}
