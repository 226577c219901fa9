namespace Analytics.Architecture.Tests;

public sealed class NamespaceTests
{
    private const string Command = "Analytics.Cli";
    private const string Shared = "Analytics.Cli.Shared.";

    private static readonly Lazy<NamespaceReferences> Cli = new(() => Read("Cli", "analytics.dll"));

    [Theory]
    [InlineData("Cli", "analytics.dll")]
    [InlineData("Local", "Analytics.Local.dll")]
    public void NamespacesDependInOneDirection(string project, string assembly)
    {
        var references = Read(project, assembly);

        var cycles = references.FindCycles();

        Assert.True(cycles.Count == 0, string.Join(Environment.NewLine, cycles.SelectMany(cycle => references.Pairs
            .Where(pair => cycle.Contains(pair.Key.From) && cycle.Contains(pair.Key.To))
            .Select(pair => $"{pair.Key.From} -> {pair.Key.To}: {pair.Value}"))));
    }

    [Fact]
    public void ASubcommandNamesNoOtherSubcommand() =>
        Assert.DoesNotContain(Cli.Value.Pairs, pair => IsSubcommand(pair.Key.From) && IsSubcommand(pair.Key.To));

    [Fact]
    public void SharedTypesReferenceNoSubcommand() =>
        Assert.DoesNotContain(Cli.Value.Pairs, pair => pair.Key.From.StartsWith(Shared, StringComparison.Ordinal) && IsSubcommand(pair.Key.To));

    [Fact]
    public void NoTypeReferencesTheCompositionRoot() =>
        Assert.DoesNotContain(Cli.Value.Pairs, pair => pair.Key.To == Command);

    [Fact]
    public void EachNamespaceIsItsFolder() => Assert.All(
        Cli.Value.Namespaces.Where(one => one.StartsWith(Command, StringComparison.Ordinal)),
        one => Assert.True(Directory.Exists(Path.Combine(Repository.Root, "src", one["Analytics.".Length..].Replace('.', '/'))), one));

    [Fact]
    public void ACycleIsFound()
    {
        var references = NamespaceReferences.Read(typeof(NamespaceTests).Assembly.Location, Path.Combine(Repository.Root, "tests/Architecture.Tests"));

        var cycle = Assert.Single(references.FindCycles());

        Assert.Equal(["Analytics.Architecture.Tests.Samples.Child", "Analytics.Architecture.Tests.Samples"], cycle.Order().Reverse());
    }

    private static bool IsSubcommand(string one) =>
        one.StartsWith(Command + ".", StringComparison.Ordinal) && !one.StartsWith(Shared, StringComparison.Ordinal);

    private static NamespaceReferences Read(string project, string assembly) =>
        NamespaceReferences.Read(Repository.Built(project, assembly), Path.Combine(Repository.Root, "src", project));
}
