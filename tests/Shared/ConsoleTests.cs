namespace Analytics.Tests;

/// <summary>The collection of tests that take the console for themselves; while they run, no other test does, as it might write there.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConsoleTests
{
    public const string Name = "console";
}
