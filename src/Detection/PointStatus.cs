namespace Analytics.Detection;

/// <summary>Specifies what a detector did with a point.</summary>
public enum PointStatus
{
    /// <summary>The point was scored and learned.</summary>
    Scored,

    /// <summary>The point was ignored, because it is not newer than the last one: it is late, or was observed before.</summary>
    NotNewer,

    /// <summary>The point was ignored, because its value is not a number, or larger than <see cref="SeriesDetector.MaxMagnitude"/>.</summary>
    NotUsable,
}
