namespace Analytics.Detection;

/// <summary>
/// Scores the points of one series online: one pass, no look-ahead, a state of at most 2 KB.
/// <para>
/// The next value is forecast by the one of three forecasters with the smallest recent error: the level, a time-of-day profile, a time-of-week profile
/// (prediction with expert advice: Cesa-Bianchi and Lugosi, "Prediction, Learning, and Games", 2006). The point's nonconformity is measured by
/// three statistics: its error in robust units, the exponentially weighted mean of the latest errors (Roberts, "Control Chart Tests Based on
/// Geometric Moving Averages", Technometrics 1959), and its distance from the range of all values. An anomaly is a new record of a statistic:
/// among n exchangeable values the last is the largest with probability 1/n, whatever their distribution (Rényi, "Théorie des éléments
/// saillants d'une suite d'observations", 1962; as a conformal p-value: Laxhammar and Falkman, "Online Learning and Sequential Anomaly
/// Detection in Trajectories", IEEE TPAMI 2014). The score grows with the margin by which the record is exceeded, and habituates: a continued
/// anomaly scores less, unless it exceeds the records by more.
/// </para>
/// <para>
/// Amounts and counts are scored as their square roots, which stabilizes the variance of Poisson-like values (Anscombe, "The Transformation of
/// Poisson, Binomial and Negative-Binomial Data", Biometrika 1948).
/// </para>
/// Not thread-safe.
/// </summary>
public sealed class SeriesDetector
{
    /// <summary>The score from which a point is an anomaly: its record exceeds the last one by 16 %.</summary>
    public const double DefaultThreshold = 0.5;

    /// <summary>The largest absolute value that is scored.</summary>
    public const double MaxMagnitude = 1e30;

    private const int DaySlots = 96;
    private const int RememberedDays = 7;
    private const int WeekSlots = 168;
    private const int RememberedWeeks = 4;
    private const double MinSeasonalForecasts = 50;

    // Distances are in mean absolute errors: the standard deviation of a normal distribution is 1.25 mean absolute errors.
    private const double MinDeviation = 3;
    private const double MinSustained = 1.8;
    private const double SustainedRate = 0.3;
    private const double MaxSustainedPart = 8;
    private const double RangeFloor = 20;

    // Records fade in 40,000 points, which is four weeks of minutes, and at most double within about 10 points, so that an outage does
    // not hide the next one.
    private const double RecordRetained = 1 - (1 / 40_000.0);
    private const double GrowthRecovery = 0.1;
    private const int PointsBeforeRecords = 30;
    private static readonly double MaxGrowth = Math.Log(2);

    private const double HalfScoreMargin = 0.15;
    private const double HabituationPoints = 50;
    private const double PointsToMaturity = 100;

    private const double PoissonRootSpread = 0.4;
    private const double MinRelativeSpread = 1e-3;
    private const double MinSpread = 1e-9;

    private const double OutsideShare = 0.005;
    private const double OutsideStep = 0.2;
    private const double InitialReach = 4;
    private const double MinReach = 1;
    private const double MaxReach = 50;

    private const double StepRate = 0.05;
    private const double MaxMissedPoints = 10_000;

    private readonly Forecaster _level = new(null);
    private readonly Forecaster _day = new(new SeasonalProfile(TimeSpan.FromDays(1), DaySlots, RememberedDays));
    private readonly Forecaster _week = new(new SeasonalProfile(TimeSpan.FromDays(7), WeekSlots, RememberedWeeks));
    private DetectorState _state = new() { Growth = MaxGrowth, ReachDown = InitialReach, ReachUp = InitialReach };

    /// <summary>Creates a detector for a new series.</summary>
    /// <param name="kind">The kind of the values.</param>
    public SeriesDetector(SeriesKind kind) => Kind = kind;

    private SeriesDetector(SeriesKind kind, ReadOnlySpan<byte> fields)
    {
        Kind = kind;
        var reader = new StateReader(fields);
        _state = DetectorState.Read(ref reader, MaxGrowth, MinReach, MaxReach);
        foreach (var forecaster in (Forecaster[])[_level, _day, _week])
        {
            reader.Read(forecaster);
        }

        reader.End();
    }

    /// <summary>The kind of the values.</summary>
    public SeriesKind Kind { get; }

    /// <summary>The time of the latest scored point, if any. Only newer points are scored.</summary>
    public DateTimeOffset? LastTime => _state.Points == 0 ? null : new DateTimeOffset(_state.LastTicks, TimeSpan.Zero);

    /// <summary>The number of scored points.</summary>
    public long Points => _state.Points;

    /// <summary>Restores a detector from its state.</summary>
    /// <param name="state">The bytes that <see cref="Save"/> returned.</param>
    /// <returns>The detector, which continues exactly like the saved one.</returns>
    /// <exception cref="FormatException">The bytes are not a state that this version can read.</exception>
    public static SeriesDetector Load(ReadOnlySpan<byte> state) =>
        state is [StateWriter.Version, var kind, ..] && kind <= (byte)SeriesKind.Count
            ? new SeriesDetector((SeriesKind)kind, state[2..])
            : throw StateReader.Invalid();

    /// <summary>Saves the state.</summary>
    /// <returns>The bytes, at most 2 KB.</returns>
    public byte[] Save()
    {
        var writer = new StateWriter();
        writer.Byte(StateWriter.Version);
        writer.Byte((byte)Kind);
        _state.Write(writer);
        writer.Write(_level);
        writer.Write(_day);
        writer.Write(_week);
        return writer.ToArray();
    }

    /// <summary>Scores a point against all before it, then learns it.</summary>
    /// <param name="time">The point's time; a point that is not newer than the last one is ignored.</param>
    /// <param name="value">The value; ignored unless a number of at most <see cref="MaxMagnitude"/>.</param>
    /// <returns>The score, and the forecast made before the point was observed.</returns>
    public DetectionResult Observe(DateTimeOffset time, double value)
    {
        if (!(Math.Abs(value) <= MaxMagnitude))
        {
            return new DetectionResult(PointStatus.Invalid, 0, AnomalyKind.None, 0, 0, 0);
        }

        if (_state.Points > 0 && time.UtcTicks <= _state.LastTicks)
        {
            return new DetectionResult(PointStatus.NotNewer, 0, AnomalyKind.None, 0, 0, 0);
        }

        var stabilized = Stabilize(value);
        var missed = Begin(time, stabilized);
        var (expected, spread) = Forecast(time, stabilized);
        var deviation = (stabilized - expected) / spread;
        var sustained = _state.Sustained + (SustainedRate * (Math.Clamp(deviation, -MaxSustainedPart, MaxSustainedPart) - _state.Sustained));
        var range = Math.Max(_state.High - _state.Low, RangeFloor * GetLeastSpread());
        var (margin, kind) = GetMargin(stabilized, deviation, sustained, range);
        var score = Habituate(margin, time);
        _state.HasNegative |= value < 0;
        var result = new DetectionResult(
            PointStatus.Scored,
            score,
            kind,
            Restore(expected),
            Restore(expected - (_state.ReachDown * spread)),
            Restore(expected + (_state.ReachUp * spread)));
        _state.Sustained = sustained;
        LearnRecords(stabilized, deviation, sustained, range, margin);
        LearnReach(deviation);
        foreach (var forecaster in (ReadOnlySpan<Forecaster>)[_level, _day, _week])
        {
            if (forecaster.TryForecast(time, out var forecast))
            {
                forecaster.LearnError(stabilized - forecast, GetLeastSpread());
            }
        }

        foreach (var forecaster in (ReadOnlySpan<Forecaster>)[_level, _day, _week])
        {
            forecaster.LearnValue(time, stabilized, missed);
        }

        return result;
    }

    /// <summary>Records the time, and returns the number of points missing since the last one.</summary>
    private double Begin(DateTimeOffset time, double stabilized)
    {
        var missed = 0.0;
        if (_state.Points == 0)
        {
            _state.FirstTicks = time.UtcTicks;
            _state.Low = _state.High = stabilized;
        }
        else
        {
            var step = (time.UtcTicks - _state.LastTicks) / (double)TimeSpan.TicksPerSecond;
            _state.Step = _state.Step == 0 ? step : _state.Step + (StepRate * (Math.Min(step, 2 * _state.Step) - _state.Step));
            missed = Math.Clamp(Math.Round(step / _state.Step) - 1, 0, MaxMissedPoints);
            _state.Sustained *= Math.Pow(1 - SustainedRate, missed);
        }

        _state.Points++;
        _state.LastTicks = time.UtcTicks;
        return missed;
    }

    private (double Expected, double Spread) Forecast(DateTimeOffset time, double first)
    {
        var least = GetLeastSpread();
        if (!_level.TryForecast(time, out var expected))
        {
            return (first, least);
        }

        var best = _level;
        foreach (var seasonal in (ReadOnlySpan<Forecaster>)[_day, _week])
        {
            if (seasonal.Forecasts >= MinSeasonalForecasts && seasonal.Loss < best.Loss && seasonal.TryForecast(time, out var forecast))
            {
                (best, expected) = (seasonal, forecast);
            }
        }

        return (expected, Math.Max(best.Spread, least));
    }

    /// <summary>Returns the largest margin by which a statistic exceeds its record.</summary>
    private (double Margin, AnomalyKind Kind) GetMargin(double stabilized, double deviation, double sustained, double range)
    {
        var margin = _state.Deviations.GetExcess(deviation, MinDeviation);
        var kind = margin > 0 ? AnomalyKind.Deviation : AnomalyKind.None;
        if (_state.SustainedDeviations.GetExcess(sustained, MinSustained) is var excess && excess > margin)
        {
            (margin, kind) = (excess, AnomalyKind.SustainedDeviation);
        }

        var outside = Math.Max(stabilized - _state.High, _state.Low - stabilized) / range;
        return outside > margin ? (outside, AnomalyKind.OutOfRange) : (margin, kind);
    }

    /// <summary>Converts a margin to a score, reduced for a new series and shortly after a similar margin.</summary>
    private double Habituate(double margin, DateTimeOffset time)
    {
        var days = (time.UtcTicks - _state.FirstTicks) / (double)TimeSpan.TicksPerDay;
        var maturity = Math.Min(1, Math.Min(days, _state.Points / PointsToMaturity));
        var novelty = margin / (margin + HalfScoreMargin) * maturity;
        var habit = _state.Habit;
        _state.Habit *= Math.Exp(-1 / HabituationPoints);
        if (novelty <= habit)
        {
            return 0;
        }

        _state.Habit = novelty;
        return Math.Sqrt(novelty * (novelty - habit));
    }

    private void LearnRecords(double stabilized, double deviation, double sustained, double range, double margin)
    {
        var growth = _state.Points <= PointsBeforeRecords ? double.PositiveInfinity : Math.Exp(_state.Growth);
        if (_state.Points > PointsBeforeRecords)
        {
            _state.Deviations.Learn(deviation, MinDeviation, RecordRetained, growth);
            _state.SustainedDeviations.Learn(sustained, MinSustained, RecordRetained, growth);
            _state.Growth -= Math.Min(margin, _state.Growth);
            _state.Growth += GrowthRecovery * (MaxGrowth - _state.Growth);
        }

        if (_state.Points > 1)
        {
            _state.Low += (1 - RecordRetained) * (_level.Offset - _state.Low);
            _state.High += (1 - RecordRetained) * (_level.Offset - _state.High);
        }

        var reach = (growth - 1) * range;
        _state.Low = Math.Min(_state.Low, Math.Max(stabilized, _state.Low - reach));
        _state.High = Math.Max(_state.High, Math.Min(stabilized, _state.High + reach));
    }

    /// <summary>Moves the ends of the expected range towards the target quantiles, by stochastic approximation.</summary>
    private void LearnReach(double deviation)
    {
        _state.ReachUp = Math.Clamp(_state.ReachUp + (OutsideStep * ((deviation > _state.ReachUp ? 1 : 0) - OutsideShare)), MinReach, MaxReach);
        _state.ReachDown = Math.Clamp(_state.ReachDown + (OutsideStep * ((-deviation > _state.ReachDown ? 1 : 0) - OutsideShare)), MinReach, MaxReach);
    }

    private double GetLeastSpread() =>
        Kind == SeriesKind.Count ? PoissonRootSpread : MinSpread + (MinRelativeSpread * Math.Abs(_level.Offset));

    private double Stabilize(double value) => Kind == SeriesKind.Measure ? value : Math.CopySign(Math.Sqrt(Math.Abs(value)), value);

    private double Restore(double stabilized)
    {
        var possible = _state.HasNegative ? stabilized : Math.Max(stabilized, 0);
        return Kind == SeriesKind.Measure ? possible : possible * Math.Abs(possible);
    }
}
