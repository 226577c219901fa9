using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Sql;

namespace Analytics.Cli.Query;

/// <summary>Prints a result as a table with aligned columns.</summary>
internal sealed class TableOutput(Terminal terminal) : IQueryOutput
{
    private readonly List<string[]> _rows = [];
    private IReadOnlyList<QueryColumn> _columns = [];

    public void Begin(IReadOnlyList<QueryColumn> columns) => _columns = columns;

    // A cell is one line of a table: control characters, which could also steer the terminal, are shown as spaces.
    public void Row(JsonElement cells) => _rows.Add([.. cells.EnumerateArray().Select(cell => string.Concat(CellText.Format(cell).Select(c => char.IsControl(c) ? ' ' : c)))]);

    public void End()
    {
        if (_rows.Count > 0)
        {
            Columns.Print(terminal, [.. _columns.Select(column => column.Name)], [.. _columns.Select(column => column.IsNumber)], _rows);
        }

        terminal.Note(_rows.Count == 1 ? "1 row" : $"{Terminal.Number(_rows.Count)} rows");
    }
}

/// <summary>Prints a result as CSV (RFC 4180) with a header; null is an empty field.</summary>
internal sealed class CsvOutput(TextWriter writer) : IQueryOutput
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");

    public void Begin(IReadOnlyList<QueryColumn> columns) => Write(columns.Select(column => column.Name));

    public void Row(JsonElement cells) => Write(cells.EnumerateArray().Select(CellText.Format));

    public void End() => writer.Flush();

    private void Write(IEnumerable<string> fields) => writer.Write(string.Join(',', fields.Select(Quote)) + "\r\n");

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(Special) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}

/// <summary>Prints a result as a JSON array of objects, one per line; numbers keep all their digits.</summary>
internal sealed class JsonOutput(TextWriter writer) : IQueryOutput
{
    private string[] _names = [];
    private bool _hasRows;

    public void Begin(IReadOnlyList<QueryColumn> columns)
    {
        if (columns.CountBy(column => column.Name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice })
        {
            throw new UserException($"several columns of the result are named {twice}. Rename them with AS for JSON output.");
        }

        _names = [.. columns.Select(column => Quote(column.Name))];
        writer.Write('[');
    }

    public void Row(JsonElement cells)
    {
        var members = cells.EnumerateArray().Select((cell, i) => $"{_names[i]}:{(cell.ValueKind == JsonValueKind.String ? Quote(cell.GetString()!) : cell.GetRawText())}");
        writer.Write($"{(_hasRows ? ",\n" : "\n")}{{{string.Join(',', members)}}}");
        _hasRows = true;
    }

    public void End()
    {
        writer.Write(_hasRows ? "\n]\n" : "]\n");
        writer.Flush();
    }

    private static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}

/// <summary>Formats the cells of a result.</summary>
file static class CellText
{
    /// <summary>Returns a cell's text; empty for null.</summary>
    public static string Format(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => cell.GetString()!,
        _ => cell.GetRawText(),
    };
}
