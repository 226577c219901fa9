using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Analytics.EndToEnd.Tests;

/// <summary>The command as a .NET tool: packed, installed, and run where there is no checkout.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private const string Line =
        """{"original_data":{"event_type":"click"},"processed_at":"2026-03-01T12:00:01.000Z","shard_id":"shardId-000000000000","sequence_number":"1","sub_sequence_number":0,"partition_key":"p","approximate_arrival_timestamp":"2026-03-01T12:00:00.250Z","event_id":"e1","event_type":"click","event_time":"2026-03-01T11:59:59.125Z"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PackageInstallsWithEverythingItNeeds()
    {
        var packages = _folder.Combine("packages");
        var tools = _folder.Combine("tools");
        var elsewhere = Directory.CreateDirectory(_folder.Combine("elsewhere")).FullName;
        var sources = _folder.File("nuget.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{packages}" />
              </packageSources>
            </configuration>
            """);
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await RunAsync(Repository.Root, "dotnet", "pack", "src/Cli", "-c", configuration, "--no-build", "-o", packages, "--nologo");
        await RunAsync(elsewhere, "dotnet", "tool", "install", "Analytics.Cli", "--tool-path", tools, "--configfile", sources);
        var analytics = Path.Combine(tools, "analytics");

        Assert.Contains("Usage:", await RunAsync(elsewhere, analytics, "--help"), StringComparison.Ordinal);
        Assert.Contains("USD", await RunAsync(elsewhere, analytics, "cost", "--events", "100/s", "--template", Repository.Template), StringComparison.Ordinal);

        // The package leaves its Node.js packages to npm; those of the checkout save the download.
        var query = Assert.Single(Directory.GetDirectories(tools, "query", SearchOption.AllDirectories));
        Directory.CreateSymbolicLink(Path.Combine(query, "node_modules"), Path.Combine(Repository.Root, "node/query/node_modules"));
        Assert.True(File.Exists(Path.Combine(query, "../emulators/start.js")));
        WriteArchive(elsewhere);
        var answer = await RunAsync(elsewhere, analytics, "query", "--archive", ".", "--csv", "--saved", "events-by-type-per-hour");
        Assert.Contains("click", answer, StringComparison.Ordinal);
    }

    private static void WriteArchive(string folder)
    {
        var hour = Directory.CreateDirectory(Path.Combine(folder, "events/year=2026/month=03/day=01/hour=12")).FullName;
        using var gzip = new GZipStream(File.Create(Path.Combine(hour, "shardId-000000000000-1-1.ndjson.gz")), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(Line + "\n"));
    }

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await output}{await error}");
        return await output;
    }
}
