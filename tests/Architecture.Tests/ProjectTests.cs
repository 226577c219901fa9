using System.Xml.Linq;

namespace Analytics.Architecture.Tests;

public sealed class ProjectTests
{
    // Projects that run only on a developer's machine.
    private static readonly string[] Machine = ["Cli", "Dashboard", "Local"];

    private static readonly Dictionary<string, string[]> References = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(
            project => Path.GetFileNameWithoutExtension(project),
            project => XDocument.Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)).ToArray());

    private static readonly string[] Functions = [.. References.Keys
        .Where(name => File.ReadAllText(Path.Combine(Repository.Root, "src", name, $"{name}.csproj")).Contains("Function.props", StringComparison.Ordinal))];

    [Fact]
    public void FunctionsReferenceNeitherOtherFunctionsNorLocalProjects()
    {
        Assert.NotEmpty(Functions);
        Assert.All(Functions, function => Assert.DoesNotContain(Reachable(function), name => Functions.Contains(name) || Machine.Contains(name)));
    }

    [Fact]
    public void OnlyLocalProjectsReferenceLocalProjects() =>
        Assert.All(References.Where(project => !Machine.Contains(project.Key)), project => Assert.Empty(project.Value.Intersect(Machine)));

    [Fact]
    public void ThePictureNamesEachProjectAndEachDirection()
    {
        var picture = Repository.Read("docs/architecture.md").Split("```")[1];

        Assert.All(References.Keys, name => Assert.Matches($@"\b{name}\b", picture));
        foreach (var (from, to) in Arrows(picture))
        {
            Assert.Contains(to, Reachable(from));
        }
    }

    private static IEnumerable<(string From, string To)> Arrows(string picture) => picture.Split('\n')
        .Where(line => line.Contains("-->", StringComparison.Ordinal))
        .Select(line => line.Split("-->", StringSplitOptions.TrimEntries))
        .SelectMany(names => names.Zip(names.Skip(1)));

    private static HashSet<string> Reachable(string project)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>(References[project]);
        while (open.TryPop(out var next))
        {
            if (found.Add(next))
            {
                foreach (var reference in References[next])
                {
                    open.Push(reference);
                }
            }
        }

        return found;
    }
}
