namespace Analytics.Counting.Storage;

/// <summary>The condition of a put on the current item.</summary>
/// <param name="Kind">The condition.</param>
/// <param name="Generation">The generation in the condition.</param>
internal readonly record struct PutCondition(PutConditionKind Kind, long Generation = 0)
{
    /// <summary>No condition: every writer puts the same item.</summary>
    public static PutCondition None => default;

    public static PutCondition Absent => new(PutConditionKind.Absent);

    public static PutCondition GenerationBelow(long generation) => new(PutConditionKind.GenerationBelow, generation);

    public static PutCondition DoneWith(long generation) => new(PutConditionKind.DoneWith, generation);

    public static PutCondition Planned(long generation) => new(PutConditionKind.Planned, generation);
}

/// <summary>The kinds of <see cref="PutCondition"/>.</summary>
internal enum PutConditionKind
{
    /// <summary>No condition.</summary>
    None,

    /// <summary>There is no item.</summary>
    Absent,

    /// <summary>There is no item, or its generation is lower.</summary>
    GenerationBelow,

    /// <summary>The plan has the generation and is done.</summary>
    DoneWith,

    /// <summary>The plan has the generation and is not done.</summary>
    Planned,
}
