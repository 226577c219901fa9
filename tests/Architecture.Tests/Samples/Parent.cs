using Analytics.Architecture.Tests.Samples.Child;

namespace Analytics.Architecture.Tests.Samples;

/// <summary>One half of the cycle that <see cref="NamespaceTests"/> looks for.</summary>
internal static class Parent
{
    public const int Number = 1;

    public static int Twice() => Part.Halve(Number) * 4;
}

/// <summary>A type that <see cref="Part"/> names.</summary>
internal sealed record Text(string Value);
