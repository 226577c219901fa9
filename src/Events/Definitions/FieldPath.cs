namespace Analytics.Events.Definitions;

/// <summary>
/// A field of an event: a canonical name of <see cref="EventFieldNames"/>, or <c>data.x.y</c> for what stands at <c>x.y</c>
/// in the producer's own JSON.
/// </summary>
public sealed class FieldPath
{
    /// <summary>Reads a path; false when it is neither a canonical name nor begins with <c>data.</c>.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FieldPath? path) => throw new NotImplementedException();

    /// <summary>The scalar that stands there; absent when there is none.</summary>
    public EventText Text(in Event @event) => throw new NotImplementedException();

    /// <summary>Its exact number; as <see cref="Event.TryGetNumber"/>.</summary>
    public bool TryGetNumber(in Event @event, out decimal value) => throw new NotImplementedException();

    /// <summary>The path as definitions.json writes it.</summary>
    public override string ToString() => throw new NotImplementedException();
}
