namespace Analytics.Events.Definitions;

/// <summary>The length of a counter's windows; they start at whole minutes, hours and days in UTC.</summary>
public enum CounterWindow
{
    /// <summary>60 seconds (<c>minute</c>).</summary>
    Minute,
    /// <summary>60 minutes (<c>hour</c>).</summary>
    Hour,
    /// <summary>24 hours (<c>day</c>).</summary>
    Day,
}
