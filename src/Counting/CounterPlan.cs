using System.Xml;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>The immutable inputs of counting: the counters, the event reader and the event-time bounds.</summary>
public sealed class CounterPlan
{
    /// <summary>Creates a plan.</summary>
    /// <param name="definitions">The counters.</param>
    /// <param name="reader">Decodes a batch's records again after a partial redelivery.</param>
    /// <param name="bounds">The bounds of plausible event times.</param>
    public CounterPlan(Definitions definitions, EventReader reader, EventTimeBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        ArgumentNullException.ThrowIfNull(bounds);
        Reader = reader;
        Bounds = bounds;
        Set = new CounterSet(definitions);
        BoundsText = $"{XmlConvert.ToString(bounds.Past)}/{XmlConvert.ToString(bounds.Future)}";
    }

    internal EventReader Reader { get; }

    internal EventTimeBounds Bounds { get; }

    /// <summary>The bounds as stored in links: two ISO 8601 durations, before and after arrival, for example <c>P7D/PT1H</c>.</summary>
    internal string BoundsText { get; }

    internal CounterSet Set { get; }

    internal PlannedCounter[] Counters => Set.Counters;
}
