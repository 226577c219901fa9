namespace Analytics.Cli.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="State">Whether it is as it should be.</param>
/// <param name="Found">What is there.</param>
/// <param name="Advice">What to do; empty when there is nothing to do.</param>
internal sealed record Finding(string Name, FindingState State, string Found, string Advice);

/// <summary>Whether something is as it should be.</summary>
internal enum FindingState
{
    /// <summary>It is.</summary>
    Good,

    /// <summary>It is not, and some commands need it.</summary>
    Optional,

    /// <summary>It is not, and the local run needs it.</summary>
    Missing,
}
