namespace Analytics.EndToEnd.Tests;

/// <summary>The command builds functions from the current sources, whatever was built before.</summary>
public sealed class StaleBuildTests : IDisposable
{
    private const string Marker = "src/Alerts/Marker.cs";
    private const string Definitions = "definitions.json";
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Sources = ["src", "eng"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EditedSourcesAndDefinitionsAreAppliedEvenIfOlderThanTheLastBuild()
    {
        CopyRepository();
        Write("template.yaml", """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Alerts:
                Type: AWS::Serverless::Function
                Metadata:
                  BuildMethod: makefile
                Properties:
                  CodeUri: .
                  Handler: bootstrap
                  Runtime: provided.al2023
                  Timeout: 30
                  MemorySize: 512
                  Environment:
                    Variables:
                      ANNOTATIONS_HANDLER: HandleAsync
                      COUNTERS_TABLE: counters
                      ALERTS_TOPIC_ARN: arn:aws:sns:us-east-1:000000000000:alerts
            """);
        Write("empty.json", """{"Records":[]}""");
        await AssertSucceedsAsync();

        Write(Marker, MarkerThatWrites("the first edit"));
        await AssertSucceedsAsync();
        Assert.Contains("the first edit", TakeLog(), StringComparison.Ordinal);

        Write(Marker, MarkerThatWrites("an older edit"), LongAgo);
        await AssertSucceedsAsync();
        Assert.Contains("an older edit", TakeLog(), StringComparison.Ordinal);

        var definitions = await File.ReadAllTextAsync(_folder.Combine(Definitions));
        Write(Definitions, """{"counters":"not a list"}""", LongAgo);
        Assert.NotEqual(0, (await InvokeAsync()).ExitCode);
        Assert.Contains("definitions.json: ", TakeLog(), StringComparison.Ordinal);

        Write(Definitions, definitions, LongAgo.AddDays(1));
        File.Delete(_folder.Combine(Marker));
        await AssertSucceedsAsync();
        Assert.DoesNotContain("edit", TakeLog(), StringComparison.Ordinal);
    }

    private static string MarkerThatWrites(string text) => $$"""
        namespace Analytics.Alerts;

        internal static class Marker
        {
            [System.Runtime.CompilerServices.ModuleInitializer]
            internal static void Write() => System.Console.Error.WriteLine("{{text}}");
        }
        """;

    private void CopyRepository()
    {
        var folders = Sources.SelectMany(source => Directory.EnumerateFiles(Path.Combine(Repository.Root, source), "*", SearchOption.AllDirectories));
        foreach (var file in folders.Concat(Directory.EnumerateFiles(Repository.Root)))
        {
            var path = Path.GetRelativePath(Repository.Root, file);
            if (!path.Split(Path.DirectorySeparatorChar).Any(name => name is "bin" or "obj" or "node_modules"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_folder.Combine(path))!);
                File.Copy(file, _folder.Combine(path));
            }
        }
    }

    private void Write(string path, string text, DateTime? modified = null)
    {
        _folder.File(path, text);
        if (modified is { } time)
        {
            File.SetLastWriteTimeUtc(_folder.Combine(path), time);
        }
    }

    private Task<CommandResult> InvokeAsync() => AnalyticsCommand.RunAsync(_folder.Path, ["invoke", "Alerts", "empty.json"]);

    private async Task AssertSucceedsAsync()
    {
        var result = await InvokeAsync();
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal("""{"batchItemFailures":[]}""", result.Output.Trim());
    }

    /// <summary>The function's log since the last call.</summary>
    private string TakeLog()
    {
        var file = _folder.Combine(".analytics/logs/Alerts.log");
        var text = File.ReadAllText(file);
        File.Delete(file);
        return text;
    }
}
