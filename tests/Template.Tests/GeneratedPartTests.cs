using System.Diagnostics;

namespace Analytics.Template.Tests;

/// <summary>The generated part of template.yaml: the resources of Athena, and the dashboard.</summary>
public sealed class GeneratedPartTests
{
    [Fact]
    public async Task ItIsUpToDateWithItsSources()
    {
        var (exitCode, errors) = await GenerateAsync(Repository.Root);

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("eng/template/dashboard.json", "Failures queue", "Failed records")]
    [InlineData("src/Archiving/Sql/tables.json", "compacted/events/", "compact/events/")]
    [InlineData("src/Archiving/Sql/views/quarantine.sql", "reason", "cause")]
    [InlineData("src/Archiving/Sql/top-pages.sql", "LIMIT 20", "LIMIT 10")]
    [InlineData("template.yaml", "Transaction volume", "Volume")]
    public async Task AChangeOfASourceOrOfThePartIsReported(string file, string text, string other)
    {
        using var copy = new TemporaryFolder();
        foreach (var source in Directory.EnumerateFiles(Path.Combine(Repository.Root, "eng/template")).Concat(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Archiving/Sql"), "*", SearchOption.AllDirectories)).Append(Path.Combine(Repository.Root, "template.yaml")))
        {
            var target = copy.Combine(Path.GetRelativePath(Repository.Root, source));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }

        var changed = await File.ReadAllTextAsync(copy.Combine(file));
        Assert.Contains(text, changed, StringComparison.Ordinal);
        await File.WriteAllTextAsync(copy.Combine(file), changed.Replace(text, other, StringComparison.Ordinal));

        Assert.Equal((1, "template.yaml: the generated part differs from its sources. Run `make template`.\n"), await GenerateAsync(copy.Path));
    }

    private static async Task<(int ExitCode, string Errors)> GenerateAsync(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo("node", ["eng/template/generate.mjs", "--check"]) { WorkingDirectory = folder, RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }
}
