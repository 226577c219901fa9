using System.Text;
using System.Xml;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting.Auditing;

/// <summary>The plans that links were computed with, from the definitions and bounds that they name.</summary>
internal sealed class AuditPlans(StoredDefinitions definitions)
{
    private static readonly EventReader Reader = new(EventLimits.Default);

    private readonly Dictionary<(string Definitions, string Bounds), CounterPlan> _plans = [];

    /// <summary>Finds a plan.</summary>
    /// <exception cref="CounterTableException">The table lacks the definitions, or the bounds are invalid.</exception>
    public async ValueTask<CounterPlan> GetAsync(string hash, string bounds, CancellationToken cancellationToken)
    {
        if (!_plans.TryGetValue((hash, bounds), out var plan))
        {
            var set = await definitions.GetAsync(hash, cancellationToken).ConfigureAwait(false);
            plan = new CounterPlan(Definitions.Parse(Encoding.UTF8.GetBytes(set.Json)), Reader, ParseBounds(bounds));
            _plans.Add((hash, bounds), plan);
        }

        return plan;
    }

    /// <summary>Parses bounds in the format of <see cref="CounterPlan.BoundsText"/>.</summary>
    /// <exception cref="CounterTableException">The bounds are invalid.</exception>
    public static EventTimeBounds ParseBounds(string text)
    {
        try
        {
            return text.Split('/') is [var past, var future]
                ? new EventTimeBounds { Past = XmlConvert.ToTimeSpan(past), Future = XmlConvert.ToTimeSpan(future) }
                : throw new FormatException("two durations are expected");
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new CounterTableException($"'{text}' in the counters table is not the event-time bounds of a link: {exception.Message}.", exception);
        }
    }
}
