namespace Analytics.Events.Patterns;

/// <summary>The condition on the keys of one level: all required keys, and one alternative of each <c>$or</c>.</summary>
/// <param name="Required">A bit for each key that is required.</param>
/// <param name="Ors">The alternatives of each <c>$or</c>.</param>
internal sealed record PatternExpression(ulong Required, IReadOnlyList<IReadOnlyList<PatternExpression>> Ors)
{
    /// <summary>The maximum number of keys per level, including those of its <c>$or</c> alternatives.</summary>
    public const int MaxKeys = 64;

    /// <summary>Returns whether the condition is met if the keys of the given bits match.</summary>
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
