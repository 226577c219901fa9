using System.Globalization;

namespace Analytics.Alerting.Messages;

/// <summary>A named value of an alert: a field of an event. Its text comes from a producer and may contain anything.</summary>
/// <param name="Name">The name, from definitions.json.</param>
/// <param name="Text">The text as sent, or null if the event has no such field.</param>
/// <param name="Number">The number, for a field that is a quantity, or null.</param>
public readonly record struct AlertFact(string Name, string? Text, decimal? Number = null)
{
    /// <summary>Returns the value as shown in an e-mail.</summary>
    internal string Shown => Number is { } number ? number.ToString(CultureInfo.InvariantCulture) : Text is null ? "(none)" : QuotedText.Create(Text);
}
