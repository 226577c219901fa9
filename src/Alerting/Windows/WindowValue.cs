namespace Analytics.Alerting.Windows;

/// <summary>The value of a window, or of one of its counter's values.</summary>
/// <param name="Key">The key: <see cref="WindowValues.TotalKey"/>, or the counter's value, truncated.</param>
/// <param name="Shown">The counter's value for display, as producers sent it; null for the total.</param>
/// <param name="Value">The number.</param>
internal readonly record struct WindowValue(string Key, string? Shown, decimal Value);
