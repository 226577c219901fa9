using Spectre.Console;

namespace Analytics.Cli.Shared.Output;

/// <summary>Prints tables: with borders on a terminal, as aligned text elsewhere.</summary>
internal static class Columns
{
    /// <summary>Prints to standard output.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="headers">The column headers.</param>
    /// <param name="isNumber">Whether each column is right-aligned.</param>
    /// <param name="rows">The rows, each with as many cells as there are headers.</param>
    public static void Print(Terminal terminal, string[] headers, bool[] isNumber, IEnumerable<string[]> rows)
    {
        if (terminal.IsOutputInteractive)
        {
            var table = new Table { Border = TableBorder.Rounded };
            for (var i = 0; i < headers.Length; i++)
            {
                var column = new TableColumn(Markup.Escape(headers[i]));
                table.AddColumn(isNumber[i] ? column.RightAligned() : column);
            }

            foreach (var row in rows)
            {
                table.AddRow([.. row.Select(Markup.Escape)]);
            }

            terminal.Write(table);
            return;
        }

        string[][] lines = [headers, .. rows];
        var widths = headers.Select((_, i) => lines.Max(line => line[i].Length)).ToArray();
        foreach (var line in lines)
        {
            terminal.Out.WriteLine(string.Join("  ", line.Select((cell, i) => isNumber[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        }
    }
}
