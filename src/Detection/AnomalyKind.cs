namespace Analytics.Detection;

/// <summary>Specifies which record a point broke.</summary>
public enum AnomalyKind
{
    /// <summary>None: the point is as usual as some point before.</summary>
    None,

    /// <summary>The point's distance from the expected value.</summary>
    Deviation,

    /// <summary>The mean distance of the latest points from their expected values, all to the same side.</summary>
    SustainedDeviation,

    /// <summary>The range of all values, whatever was expected.</summary>
    OutOfRange,
}
