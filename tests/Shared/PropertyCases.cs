using System.Globalization;

namespace Analytics.Tests;

/// <summary>The number of cases of a property with expensive cases.</summary>
internal static class PropertyCases
{
    private static readonly int Maximum =
        int.Parse(Environment.GetEnvironmentVariable("ANALYTICS_PROPERTY_CASES") ?? $"{int.MaxValue}", CultureInfo.InvariantCulture);

    /// <summary><paramref name="cases"/>, or the number in ANALYTICS_PROPERTY_CASES if that is smaller: mutation testing runs a property once for each mutant.</summary>
    public static int Limit(int cases) => Math.Min(cases, Maximum);
}
