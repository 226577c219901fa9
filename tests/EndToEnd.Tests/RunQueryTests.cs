using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary><c>analytics query</c> in the folder of a run.</summary>
[Collection(SampleRunTests.Name)]
public sealed class RunQueryTests(SampleRun sample)
{
    [Fact]
    public async Task DuckDbResultsEqualTheSummaryOfARun()
    {
        using var rows = JsonDocument.Parse(await QueryAsync("--json", "SELECT count(*) AS n FROM events"));
        Assert.Equal(sample.Output.Number("archived"), Assert.Single(rows.RootElement.EnumerateArray()).GetProperty("n").GetInt64());

        var csv = await QueryAsync("--csv", "SELECT event_type, count(*) AS n FROM events GROUP BY 1 ORDER BY 1");
        Assert.Equal(
            sample.Output.Archived.CountBy(line => line.GetProperty("event_type").GetString()!)
                .OrderBy(type => type.Key, StringComparer.Ordinal)
                .Select(type => $"{type.Key},{type.Value}")
                .Prepend("event_type,n"),
            csv.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task EachSavedQuestionHasAnAnswer()
    {
        var questions = Directory.GetFiles(Path.Combine(Repository.Root, "src/Archiving/Sql"), "*.sql");
        Assert.NotEmpty(questions);
        foreach (var question in questions)
        {
            // A header and, of 2,000 sample events, at least a row; only malformed and late events may be missing.
            var name = Path.GetFileNameWithoutExtension(question);
            var lines = (await QueryAsync("--csv", "--saved", name)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(lines.Length >= (name is "quarantine-by-reason" or "late-events" ? 1 : 2), $"{name}: {string.Join('|', lines)}");
        }
    }

    private async Task<string> QueryAsync(params string[] arguments)
    {
        var result = await AnalyticsCommand.RunAsync(sample.Folder, ["query", "--archive", "out", .. arguments]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }
}
