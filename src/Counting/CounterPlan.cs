using System.Xml;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>What to count, how events are read and which of their times are believed: all that counting needs, and that never changes.</summary>
public sealed class CounterPlan
{
    /// <summary>Makes a plan.</summary>
    /// <param name="definitions">The counters.</param>
    /// <param name="reader">Reads a batch's records again where a redelivery makes that necessary.</param>
    /// <param name="bounds">Which event times are believed.</param>
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

    /// <summary>The bounds as deltas name them: two ISO 8601 durations, before and after arrival, for example <c>P7D/PT1H</c>.</summary>
    internal string BoundsText { get; }

    internal CounterSet Set { get; }

    internal PlannedCounter[] Counters => Set.Counters;
}
