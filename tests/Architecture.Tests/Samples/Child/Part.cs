namespace Analytics.Architecture.Tests.Samples.Child;

/// <summary>The other half: it names its parent without a <c>using</c>, and by an array of its type only.</summary>
internal static class Part
{
    public static Text[] Texts { get; } = [];

    public static int Halve(int number) => number / 2;
}
