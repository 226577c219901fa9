using System.Globalization;

namespace Analytics.Alerting.Messages;

/// <summary>A named value of an alert: a field of an event. Its text comes from a producer and may hold anything.</summary>
/// <param name="Name">The name, from definitions.json.</param>
/// <param name="Text">The text as sent; null when the event has no such field.</param>
/// <param name="Number">The number, for a field that is a quantity; otherwise null.</param>
public readonly record struct AlertFact(string Name, string? Text, decimal? Number = null)
{
    /// <summary>The value as an e-mail shows it.</summary>
    internal string Shown => Number is { } number ? number.ToString(CultureInfo.InvariantCulture) : Text is null ? "(none)" : QuotedText.Of(Text);
}
