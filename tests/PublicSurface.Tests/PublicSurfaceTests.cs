using System.Reflection;

namespace Analytics.PublicSurface.Tests;

/// <summary>
/// The sources in eng/packages/ compared with the recorded public members of the published packages. With UsePublishedPackages=true the lists are
/// compared with the published packages themselves.
/// </summary>
public sealed class PublicSurfaceTests
{
    private const string Additions = "additions";
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/PublicSurface.Tests/Published");

    private static readonly string[] Names =
    [
        .. Directory.EnumerateFiles(Folder, "*.txt").Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(name => name != Additions).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Packages => new(Names);

    [Fact]
    public void EachPackageHasItsList()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "eng/packages")).Select(Path.GetFileName).OfType<string>();

        Assert.Equal(
            folders.Where(name => File.Exists(Path.Combine(Repository.Root, "eng/packages", name, $"{name}.csproj")) && !name.EndsWith(".SourceGenerator", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            Names);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void ItsPublicMembersAreThoseOfTheList(string package)
    {
        var listed = File.ReadAllLines(Path.Combine(Folder, $"{package}.txt"));
        var offered = PublicSurface.Describe(Assembly.Load(package)).ToList();

        Assert.NotEmpty(listed);
        Assert.Equal([], listed.Except(offered, StringComparer.Ordinal));
#if !PUBLISHED_PACKAGES
        var additions = File.ReadLines(Path.Combine(Folder, $"{Additions}.txt")).Where(line => !line.StartsWith('#'));
        Assert.Equal([], offered.Except(listed, StringComparer.Ordinal).Except(additions, StringComparer.Ordinal));
#endif
    }
}
