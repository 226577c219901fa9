namespace Analytics.Cli.Doctor;

/// <summary>The result of a check.</summary>
/// <param name="Name">The checked item.</param>
/// <param name="State">The state.</param>
/// <param name="Found">The version or state found.</param>
/// <param name="Advice">The recommended action; empty if none is needed.</param>
internal sealed record Finding(string Name, FindingState State, string Found, string Advice);

/// <summary>The state of a prerequisite.</summary>
internal enum FindingState
{
    /// <summary>Available.</summary>
    Good,

    /// <summary>Missing, but needed only by some commands.</summary>
    Optional,

    /// <summary>Missing, and needed by the local run.</summary>
    Missing,
}
