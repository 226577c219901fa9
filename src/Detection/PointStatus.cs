namespace Analytics.Detection;

/// <summary>Specifies how a detector handled a point.</summary>
public enum PointStatus
{
    /// <summary>The point was scored and learned.</summary>
    Scored,

    /// <summary>The point was ignored because it is not newer than the last one: it is late or repeated.</summary>
    NotNewer,

    /// <summary>The point was ignored because its value is not a number or is larger than <see cref="SeriesDetector.MaxMagnitude"/>.</summary>
    Invalid,
}
