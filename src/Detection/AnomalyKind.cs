namespace Analytics.Detection;

/// <summary>Specifies the record that a point exceeded.</summary>
public enum AnomalyKind
{
    /// <summary>None: the point is not more unusual than previous points.</summary>
    None,

    /// <summary>The point's distance from the expected value.</summary>
    Deviation,

    /// <summary>The mean distance of the latest points from their expected values, on one side.</summary>
    SustainedDeviation,

    /// <summary>The range of all values, regardless of the expected value.</summary>
    OutOfRange,
}
