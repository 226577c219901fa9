namespace Analytics.Detection;

/// <summary>A forecaster of the next value: the recent level, or a seasonal profile shifted to the recent level.</summary>
internal sealed class Forecaster(SeasonalProfile? profile)
{
    private const double LevelMemory = 100;
    private const double SpreadMemory = 200;
    private const double LossMemory = 100;
    private const double MaxLearnedSpreads = 4;
    private const double MaxLossSpreads = 8;
    private const double UnclippedForecasts = 20;

    /// <summary>The profile, if the forecast is seasonal.</summary>
    public SeasonalProfile? Profile { get; } = profile;

    /// <summary>The recent level, or the recent difference from the profile.</summary>
    public double Offset { get; set; }

    /// <summary>The discounted number of points that the offset comes from.</summary>
    public double Weight { get; set; }

    /// <summary>The number of forecasts that were compared with a value.</summary>
    public double Forecasts { get; set; }

    /// <summary>The discounted mean absolute error, robust to outliers.</summary>
    public double Spread { get; set; }

    /// <summary>The discounted mean of the errors' negative log-likelihood under a Laplace distribution.</summary>
    public double Loss { get; set; }

    /// <summary>Forecasts the value at a time.</summary>
    /// <param name="time">The time.</param>
    /// <param name="forecast">The forecast.</param>
    /// <returns><see langword="true"/> if enough is known for a forecast.</returns>
    public bool TryForecast(DateTimeOffset time, out double forecast)
    {
        var usual = 0.0;
        var isKnown = Weight > 0 && (Profile is null || Profile.TryGet(time, out usual));
        forecast = Offset + usual;
        return isKnown;
    }

    /// <summary>Learns the error of a forecast.</summary>
    /// <param name="error">The error.</param>
    /// <param name="minSpread">The smallest relevant error.</param>
    public void LearnError(double error, double minSpread)
    {
        Forecasts++;
        var spread = Math.Max(Spread, minSpread);
        var size = Math.Abs(error);
        var loss = Math.Log(spread) + Math.Min(size / spread, MaxLossSpreads);
        Loss += Math.Max(1 / LossMemory, 1 / Forecasts) * (loss - Loss);
        var learned = Forecasts > UnclippedForecasts ? Math.Min(size, MaxLearnedSpreads * spread) : size;
        Spread += Math.Max(1 / SpreadMemory, 1 / Forecasts) * (learned - Spread);
    }

    /// <summary>Learns a value.</summary>
    /// <param name="time">The time.</param>
    /// <param name="value">The value.</param>
    /// <param name="missed">The number of missing points before it, which reduces the weight of recent values.</param>
    public void LearnValue(DateTimeOffset time, double value, double missed)
    {
        var usual = 0.0;
        if (Profile is null || Profile.TryGet(time, out usual))
        {
            Weight = (Weight * Math.Pow(1 - (1 / LevelMemory), 1 + missed)) + 1;
            Offset += (value - usual - Offset) / Weight;
        }

        Profile?.Learn(time, value);
    }
}
