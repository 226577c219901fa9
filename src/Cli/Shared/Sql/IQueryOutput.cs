using System.Text.Json;

namespace Analytics.Cli.Shared.Sql;

/// <summary>Prints the result of a query.</summary>
internal interface IQueryOutput
{
    /// <summary>Starts the output with the columns.</summary>
    void Begin(IReadOnlyList<QueryColumn> columns);

    /// <summary>Prints a row: an array with a number, string, Boolean or null per column.</summary>
    void Row(JsonElement cells);

    /// <summary>Ends the output after the last row.</summary>
    void End();
}
