namespace Analytics.Nab.Scoring;

/// <summary>An application profile: the weights of true positives, false positives and false negatives.</summary>
/// <param name="Name">The name.</param>
/// <param name="TruePositive">The weight of a detection in a window.</param>
/// <param name="FalsePositive">The weight of a detection outside.</param>
/// <param name="FalseNegative">The weight of a window without detection.</param>
internal sealed record NabProfile(string Name, double TruePositive, double FalsePositive, double FalseNegative)
{
    /// <summary>The profile that published scores refer to.</summary>
    public static NabProfile Standard { get; } = new("standard", 1, 0.11, 1);

    /// <summary>False positives cost twice.</summary>
    public static NabProfile RewardLowFalsePositives { get; } = new("reward low FP", 1, 0.22, 1);

    /// <summary>Missed windows cost twice.</summary>
    public static NabProfile RewardLowFalseNegatives { get; } = new("reward low FN", 1, 0.11, 2);

    /// <summary>All profiles.</summary>
    public static IReadOnlyList<NabProfile> All { get; } = [Standard, RewardLowFalsePositives, RewardLowFalseNegatives];
}
