using System.Text;
using System.Text.Json;
using Analytics.Cli.Query;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Sql;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Cli.Tests.Query;

public sealed class QueryOutputTests
{
    private static readonly QueryColumn[] Two = [new("name", false), new("n", true)];

    [Fact]
    public void CsvQuotesCharactersThatEndAField() => Assert.Equal(
        "name,n\r\nplain,1\r\n\"a,\"\"b\"\"\r\nc\",\r\n",
        Print(writer => new CsvOutput(writer), Two, """["plain",1]""", """["a,\"b\"\r\nc",null]"""));

    [Fact]
    public void JsonKeepsNumbersTextsAndNulls() => Assert.Equal(
        """
        [
        {"name":"é\"\n","n":1.50},
        {"name":true,"n":null}
        ]

        """.ReplaceLineEndings("\n"),
        Print(writer => new JsonOutput(writer), Two, """["é\"\n",1.50]""", "[true,null]"));

    [Fact]
    public void JsonWithoutRowsIsAnEmptyArray() => Assert.Equal("[]\n", Print(writer => new JsonOutput(writer), Two));

    [Fact]
    public void JsonRejectsTwoColumnsOfOneName() =>
        Assert.Throws<UserException>(() => Print(writer => new JsonOutput(writer), [new("a", false), new("a", false)]));

    [Fact]
    public void ATableAlignsNumbersToTheRightAndShowsNoControlCharacters() => Assert.Equal(
        "name     n\nx      100\ny [2J    2\n",
        Print(
            writer => new TableOutput(new Terminal(writer, TextWriter.Null, isOutputInteractive: false, isErrorInteractive: false)),
            Two,
            """["x",100]""",
            """["y\u001b[2J",2]""").ReplaceLineEndings("\n"));

    [Fact]
    public void AnyTextRoundTripsThroughCsv() => Prop.ForAll<string?[]>(texts =>
    {
        var cells = texts.Select(text => text ?? "").ToArray();
        var csv = Print(writer => new CsvOutput(writer), [.. cells.Select(_ => new QueryColumn("c", false))], JsonSerializer.Serialize(cells));
        return cells.Length == 0 || Fields(csv).Skip(cells.Length).SequenceEqual(cells.Select(WellFormed));
    }).QuickCheckThrowOnFailure();

    // The UTF-8 replacement of a lone surrogate.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    // An independent RFC 4180 reader.
    private static IEnumerable<string> Fields(string csv)
    {
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            if (isQuoted)
            {
                if (csv[i] != '"')
                {
                    field.Append(csv[i]);
                }
                else if (i + 1 < csv.Length && csv[i + 1] == '"')
                {
                    field.Append(csv[i++]);
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (csv[i] == '"')
            {
                isQuoted = true;
            }
            else if (csv[i] == ',' || csv[i] == '\r')
            {
                i += csv[i] == '\r' ? 1 : 0;
                yield return field.ToString();
                field.Clear();
            }
            else
            {
                field.Append(csv[i]);
            }
        }
    }

    private static string Print(Func<TextWriter, IQueryOutput> create, QueryColumn[] columns, params string[] rows)
    {
        var writer = new StringWriter();
        var output = create(writer);
        output.Begin(columns);
        foreach (var row in rows)
        {
            using var cells = JsonDocument.Parse(row);
            output.Row(cells.RootElement);
        }

        output.End();
        return writer.ToString();
    }
}
