using System.Buffers;

namespace Analytics.Alerting.Windows;

/// <summary>Determines which producer values are allowed as a metric's dimension.</summary>
internal static class MetricDimensionValue
{
    private const int MaxLength = 32;

    private static readonly SearchValues<char> Fit = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Returns whether a value is a token of at most 32 ASCII letters, digits, dots, underscores and hyphens.</summary>
    public static bool IsValid(string value) => value.Length is > 0 and <= MaxLength && !value.AsSpan().ContainsAnyExcept(Fit);
}
