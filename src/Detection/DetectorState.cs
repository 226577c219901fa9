namespace Analytics.Detection;

/// <summary>The state of a detector in addition to its forecasters. Values are stabilized; deviations are in units of the mean absolute error.</summary>
internal struct DetectorState
{
    /// <summary>The number of points.</summary>
    public long Points;

    /// <summary>The time of the first point.</summary>
    public long FirstTicks;

    /// <summary>The time of the last point.</summary>
    public long LastTicks;

    /// <summary>The typical number of seconds between points.</summary>
    public double Step;

    /// <summary>Whether a value was negative.</summary>
    public bool HasNegative;

    /// <summary>The lower end of the range of all values, which fades.</summary>
    public double Low;

    /// <summary>The upper end of the range of all values, which fades.</summary>
    public double High;

    /// <summary>The exponentially weighted mean of the latest deviations.</summary>
    public double Sustained;

    /// <summary>The records of single deviations.</summary>
    public LargestValues Deviations;

    /// <summary>The records of sustained deviations.</summary>
    public LargestValues SustainedDeviations;

    /// <summary>The logarithm of the maximum growth ratio of records.</summary>
    public double Growth;

    /// <summary>The novelty that has become familiar.</summary>
    public double Habit;

    /// <summary>The distance of the expected range's lower end.</summary>
    public double ReachDown;

    /// <summary>The distance of the expected range's upper end.</summary>
    public double ReachUp;

    /// <summary>Reads the output of <see cref="Write"/>.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="maxGrowth">The largest growth.</param>
    /// <param name="minReach">The minimum reach.</param>
    /// <param name="maxReach">The largest reach.</param>
    /// <returns>The state.</returns>
    /// <exception cref="FormatException">A value is not possible.</exception>
    public static DetectorState Read(ref StateReader reader, double maxGrowth, double minReach, double maxReach)
    {
        var state = new DetectorState
        {
            Points = reader.Int64(0, long.MaxValue - 1),
            FirstTicks = reader.Int64(0, DateTime.MaxValue.Ticks),
            LastTicks = reader.Int64(0, DateTime.MaxValue.Ticks),
            Step = reader.Double(0, TimeSpan.MaxValue.TotalSeconds),
            HasNegative = reader.Byte(1) == 1,
            Low = reader.Double(-SeriesDetector.MaxMagnitude, SeriesDetector.MaxMagnitude),
            High = reader.Double(-SeriesDetector.MaxMagnitude, SeriesDetector.MaxMagnitude),
            Sustained = reader.Double(-SeriesDetector.MaxMagnitude, SeriesDetector.MaxMagnitude),
            Deviations = ReadRecord(ref reader),
            SustainedDeviations = ReadRecord(ref reader),
            Growth = reader.Double(0, maxGrowth),
            Habit = reader.Double(0, 1),
            ReachDown = reader.Double(minReach, maxReach),
            ReachUp = reader.Double(minReach, maxReach),
        };
        return state.FirstTicks <= state.LastTicks && state.Low <= state.High && (state.Points < 2 || state.Step > 0) ? state : throw StateReader.Invalid();
    }

    /// <summary>Writes the state.</summary>
    /// <param name="writer">The bytes.</param>
    public readonly void Write(StateWriter writer)
    {
        writer.Int64(Points);
        writer.Int64(FirstTicks);
        writer.Int64(LastTicks);
        writer.Double(Step);
        writer.Byte(HasNegative ? (byte)1 : (byte)0);
        writer.Double(Low);
        writer.Double(High);
        writer.Double(Sustained);
        writer.Double(Deviations.Up);
        writer.Double(Deviations.Down);
        writer.Double(SustainedDeviations.Up);
        writer.Double(SustainedDeviations.Down);
        writer.Double(Growth);
        writer.Double(Habit);
        writer.Double(ReachDown);
        writer.Double(ReachUp);
    }

    private static LargestValues ReadRecord(ref StateReader reader) =>
        new() { Up = reader.Double(0, StateReader.MaxDeviation), Down = reader.Double(0, StateReader.MaxDeviation) };
}
