namespace Analytics.Events.Patterns;

/// <summary>What must hold of the keys of one level: all the required ones, and one alternative of each <c>$or</c>.</summary>
/// <param name="Required">A bit for each key that is required.</param>
/// <param name="Ors">The alternatives of each <c>$or</c>.</param>
internal sealed record PatternExpression(ulong Required, IReadOnlyList<IReadOnlyList<PatternExpression>> Ors)
{
    /// <summary>The most keys of one level, those of its <c>$or</c> alternatives included.</summary>
    public const int MaxKeys = 64;

    /// <summary>Whether it holds when the keys of these bits are met.</summary>
    public bool Holds(ulong met)
    {
        if ((met & Required) != Required)
        {
            return false;
        }

        for (var index = 0; index < Ors.Count; index++)
        {
            if (!AnyHolds(Ors[index], met))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AnyHolds(IReadOnlyList<PatternExpression> alternatives, ulong met)
    {
        for (var index = 0; index < alternatives.Count; index++)
        {
            if (alternatives[index].Holds(met))
            {
                return true;
            }
        }

        return false;
    }
}
