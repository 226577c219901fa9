namespace Analytics.Counting;

/// <summary>The names of <see cref="UnusedReason"/> in metrics and summaries.</summary>
public static class UnusedReasonNames
{
    /// <summary>Gets the name, for example <c>not_a_number</c>.</summary>
    public static string GetName(this UnusedReason reason) => reason switch
    {
        UnusedReason.NotANumber => "not_a_number",
        UnusedReason.OutOfRange => "out_of_range",
        UnusedReason.NotAScalar => "not_a_scalar",
        UnusedReason.TimeUnreadable => "time_unreadable",
        UnusedReason.TimeOutOfBounds => "time_out_of_bounds",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
