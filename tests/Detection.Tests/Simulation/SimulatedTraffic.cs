namespace Analytics.Detection.Tests.Simulation;

/// <summary>
/// Minutes of a shop's traffic: requests with a daily season and a quieter weekend, errors, their share, and revenue. Every minute's random
/// draws depend on the seed and the minute alone.
/// </summary>
internal sealed class SimulatedTraffic(int seed)
{
    private const double RequestsPerMinute = 1000;
    private const double PurchaseShare = 0.1;
    private const double ErrorShare = 0.01;

    /// <summary>The first minute: a Monday.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 10, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Draws a minute.</summary>
    /// <param name="minute">The minute since the start.</param>
    /// <param name="incident">The incident in that minute.</param>
    /// <returns>The minute's values.</returns>
    public SimulatedMinute GetMinute(int minute, Incident incident)
    {
        var random = new Random((seed * 1_000_003) + minute);
        var time = Start.AddMinutes(minute);
        var daily = 1 - (0.7 * Math.Cos(2 * Math.PI * (time.TimeOfDay.TotalHours - 3) / 24));
        var weekly = time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.6 : 1;
        var rate = incident == Incident.TrafficStop ? 0 : RequestsPerMinute * daily * weekly;
        var errors = Poisson(random, rate * ErrorShare * (incident == Incident.ErrorSpike ? 10 : 1));
        var purchases = Poisson(random, rate * PurchaseShare * (incident == Incident.RevenueDrop ? 0.2 : 1));
        var requests = errors + purchases + Poisson(random, rate * (1 - ErrorShare - PurchaseShare));
        var revenue = 0.0;
        for (var purchase = 0; purchase < purchases; purchase++)
        {
            revenue += Math.Round(Math.Exp(3 + (0.6 * Gaussian(random))), 2);
        }

        return new SimulatedMinute(time, requests, errors, requests == 0 ? null : (double)errors / requests, revenue);
    }

    private static int Poisson(Random random, double mean)
    {
        if (mean > 500)
        {
            return (int)Math.Round(mean + (Math.Sqrt(mean) * Gaussian(random)));
        }

        var count = 0;
        for (var sum = Exponential(random); sum < mean; sum += Exponential(random))
        {
            count++;
        }

        return count;
    }

    private static double Exponential(Random random) => -Math.Log(1 - random.NextDouble());

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

/// <summary>A minute of simulated traffic.</summary>
internal sealed record SimulatedMinute(DateTimeOffset Time, int Requests, int Errors, double? ErrorShare, double Revenue);

/// <summary>An incident in a minute.</summary>
internal enum Incident
{
    None,
    ErrorSpike,
    TrafficStop,
    RevenueDrop,
}
