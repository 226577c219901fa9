namespace Analytics.Events.Definitions;

/// <summary>The comparison of a <see cref="ThresholdRule"/>.</summary>
public enum AlertComparison
{
    /// <summary>Greater (<c>above</c>).</summary>
    Above,
    /// <summary>Greater or equal (<c>at_least</c>).</summary>
    AtLeast,
    /// <summary>Less (<c>below</c>).</summary>
    Below,
    /// <summary>Less or equal (<c>at_most</c>).</summary>
    AtMost,
}
