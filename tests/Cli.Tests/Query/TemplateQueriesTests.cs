using System.Text.Json;
using Analytics.Archiving;
using Analytics.Cli.Query;
using Analytics.Cli.Tests.Shared.Archive;
using YamlDotNet.RepresentationModel;

namespace Analytics.Cli.Tests.Query;

/// <summary>Athena and DuckDB run the same queries: the SQL in template.yaml equals that in src/Archiving/Sql/.</summary>
public sealed class TemplateQueriesTests
{
    private const string Database = "${AnalyticsDatabase}";
    private static readonly string Queries = Path.Combine(Repository.Root, "src/Archiving/Sql");
    private static readonly Dictionary<string, YamlMappingNode> Resources = ReadResources();

    [Fact]
    public void TheSavedQueriesAreTheSavedQuestionsOfOneDay()
    {
        var saved = OfType("AWS::Athena::NamedQuery").ToDictionary(query => Text(query, "Name"), query => Text(query, "QueryString").Trim());

        var questions = new SavedQuestions(Queries);
        Assert.Equal(questions.Names, saved.Keys.Order(StringComparer.Ordinal));
        foreach (var name in questions.Names)
        {
            var view = name.StartsWith("quarantine", StringComparison.Ordinal) ? "quarantine" : "events";
            Assert.Equal(
                $"WITH {view} AS (SELECT * FROM \"{Database}\".{view} WHERE year = ? AND month = ? AND day = ?)\n{Statement(questions.Read(name))}",
                saved[name]);
        }
    }

    [Theory]
    [InlineData("events_raw")]
    [InlineData("events")]
    [InlineData("quarantine")]
    public async Task AViewIsTheSameInBoth(string name)
    {
        var table = Table(name);
        Assert.Equal("VIRTUAL_VIEW", Text(table, "TableType"));
        var parts = (YamlSequenceNode)((YamlSequenceNode)table["ViewOriginalText"])[1];
        Assert.Equal(["/* Presto View: ", " */"], new[] { parts[0], parts[2] }.Select(part => ((YamlScalarNode)part).Value!));

        using var view = JsonDocument.Parse(Text((YamlMappingNode)parts[1], "Fn::Base64"));
        Assert.Equal(Database, view.RootElement.GetProperty("schema").GetString());
        Assert.Equal(Statement(await File.ReadAllTextAsync(Path.Combine(Queries, "views", $"{name}.sql"))), view.RootElement.GetProperty("originalSql").GetString());

        // Glue, Presto and DuckDB name types differently.
        (string Glue, string Presto, string DuckDb)[] types =
        [
            ("string", "varchar", "VARCHAR"), ("int", "integer", "INTEGER"), ("bigint", "bigint", "BIGINT"),
            ("boolean", "boolean", "BOOLEAN"), ("timestamp", "timestamp(3)", "TIMESTAMP"),
        ];
        using var archive = new SampleArchive();
        archive.Add("events", 12, SampleArchive.Event(1, "{}"));
        var columns = (await archive.AskAsync($"SELECT column_name, column_type FROM (DESCRIBE {name})")).ConvertAll(row => (Name: row[0], Type: row[1]));
        Assert.Equal(columns, GetColumns(table).Select(column => (column.Name, types.Single(type => type.Glue == column.Type).DuckDb)));
        Assert.Equal(columns, view.RootElement.GetProperty("columns").EnumerateArray().Select(column => (
            column.GetProperty("name").GetString()!, types.Single(type => type.Presto == column.GetProperty("type").GetString()).DuckDb)));
    }

    [Fact]
    public void TheParquetHasTheColumnsOfTheView()
    {
        var compacted = Table("compacted_events");
        var keys = ((YamlSequenceNode)compacted["PartitionKeys"]).Select(key => Text((YamlMappingNode)key, "Name"));

        Assert.Equal(
            GetColumns(Table("events")).Select(column => column.Name).Order(StringComparer.Ordinal),
            GetColumns(compacted).Select(column => column.Name).Concat(keys).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("event_lines", "Events")]
    [InlineData("quarantine_lines", "Quarantine")]
    [InlineData("compacted_events", "Compacted")]
    public void ATableIsWhereTheObjectsAre(string name, string kind)
    {
        var location = Text((YamlMappingNode)Table(name)["Parameters"], "storage.location.template");

        Assert.StartsWith($"s3://${{ArchiveBucket}}/{ArchiveKey.Prefix(Enum.Parse<ArchiveKind>(kind))}year=${{!year}}/month=${{!month}}/day=${{!day}}/", location, StringComparison.Ordinal);
    }

    private static Dictionary<string, YamlMappingNode> ReadResources()
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Repository.Root, "template.yaml"));
        stream.Load(reader);
        var resources = (YamlMappingNode)((YamlMappingNode)stream.Documents[0].RootNode)["Resources"];
        return resources.Children.ToDictionary(resource => ((YamlScalarNode)resource.Key).Value!, resource => (YamlMappingNode)resource.Value);
    }

    private static IEnumerable<YamlMappingNode> OfType(string type) =>
        Resources.Values.Where(resource => Text(resource, "Type") == type).Select(resource => (YamlMappingNode)resource["Properties"]);

    private static YamlMappingNode Table(string name) =>
        OfType("AWS::Glue::Table").Select(table => (YamlMappingNode)table["TableInput"]).Single(table => Text(table, "Name") == name);

    private static IEnumerable<(string Name, string Type)> GetColumns(YamlMappingNode table) =>
        ((YamlSequenceNode)((YamlMappingNode)table["StorageDescriptor"])["Columns"]).Cast<YamlMappingNode>().Select(column => (Text(column, "Name"), Text(column, "Type")));

    private static string Text(YamlMappingNode node, string name) => ((YamlScalarNode)node[name]).Value!;

    // The comment above is for readers of the file.
    private static string Statement(string file) =>
        string.Join('\n', file.Trim().Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal)));
}
