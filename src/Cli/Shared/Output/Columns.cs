using Spectre.Console;

namespace Analytics.Cli.Shared.Output;

/// <summary>A table as people read it: framed on a terminal, aligned text elsewhere.</summary>
internal static class Columns
{
    /// <summary>Prints to standard output.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="headers">The columns' names.</param>
    /// <param name="isNumber">Which of them stand to the right.</param>
    /// <param name="rows">The cells, a row as long as the headers.</param>
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
